# checks.py: runs inside a graphical GIMP and works the dialog with the keyboard.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
#
# The order matters: the dialog opens with the values of the run before.

import json
import os
import re
import shutil
import sys
import time
import traceback

from gi.repository import Gimp, Gio

FOLDER = os.environ['DOT_TEST_FOLDER']
EXPORT = os.path.join(FOLDER, 'export')
sys.dont_write_bytecode = True
sys.path.insert(0, os.environ['DOT_TEST_SCRIPTS'])
from desktop import (CANCEL, SUCCESS, close_window, fill, find_window, names, press, read_texts,  # noqa: E402
                     run_dialog, state, wait_for, wait_for_dialog, xdotool, TITLE)

QUESTION = '^Trust This Model\\?$'
SCRIPTS = os.path.isdir(os.path.join(FOLDER, 'elsewhere'))
ONLY = os.environ.get('DOT_TEST_ONLY', '')


def write(line):
    with open(os.environ['DOT_TEST_RESULTS'], 'a') as results:
        print(line, file=results)


def expect(condition, detail):
    if not condition:
        raise AssertionError(detail)


def exported():
    return len([name for name in os.listdir(EXPORT) if name.endswith('.png')]) if os.path.isdir(EXPORT) else 0


def new_image():
    image = Gimp.Image.new(300, 200, Gimp.ImageBaseType.RGB)
    layer = Gimp.Layer.new(image, 'below', 300, 200, Gimp.ImageType.RGB_IMAGE, 100, Gimp.LayerMode.NORMAL)
    image.insert_layer(layer, None, 0)
    return image


def it_opens_and_refines():
    times = {}

    def acts():
        start = time.monotonic()
        wait_for_dialog()
        times['open'] = time.monotonic() - start
        start = time.monotonic()
        press('alt+r')
        wait_for(exported, 'the first layer')
        times['layer'] = time.monotonic() - start

    result = run_dialog(acts, seed=7, updates=2, k_eff=1.0, export_folder=Gio.File.new_for_path(EXPORT))
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(len(result.layers) == 3, f'{len(result.layers)} layers')
    expect(not find_window(TITLE), 'the dialog is still open')
    write(f'info    {times["open"]:.1f} s until the dialog was open, {times["layer"]:.1f} s from Refine to the first layer')


def it_takes_what_is_typed():
    def acts():
        wait_for_dialog()
        fill('a', 'n02279972')
        fill('e', '41')
        fill('u', '1')
        press('alt+r')

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f'status {result.status}')
    found = state(result.layers[-1])
    expect((found['class']['wnid'], found['seed'], found['update']) == ('n02279972', 41, 1), found)


def it_remembers():
    def acts():
        wait_for_dialog()
        press('alt+r')

    result = run_dialog(acts)
    found = state(result.layers[-1])
    expect((found['class']['wnid'], found['seed'], found['update']) == ('n02279972', 41, 1), found)


def an_unknown_class_keeps_it_open():
    def acts():
        wait_for_dialog()
        fill('a', 'no such fish')
        press('alt+r')
        time.sleep(2)
        wait_for_dialog()
        fill('a', 'goldfish')
        press('alt+r')

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(state(result.layers[0])['class']['name'] == 'goldfish', 'class')


def one_undo_takes_all_of_it_away():
    image = new_image()
    display = Gimp.Display.new(image)

    def acts():
        wait_for_dialog()
        press('alt+r')

    result = run_dialog(acts, image)
    expect(names(image.get_layers()) == ['goldfish · seed 41', 'below'], names(image.get_layers()))
    expect(len(result.layers) == 2, 'layers')
    display.present()
    window = wait_for(lambda: find_window('– GIMP$'), 'the image window')[-1]

    def undone():
        xdotool('windowactivate', '--sync', window)
        press('ctrl+z')
        time.sleep(1)
        return names(image.get_layers()) != ['goldfish · seed 41', 'below']

    wait_for(undone, 'undo', 20)
    expect(names(image.get_layers()) == ['below'], names(image.get_layers()))


def open_models():
    press('alt+n')
    wait_for(lambda: find_window('^Models$'), 'the models')
    time.sleep(0.5)


def models_open_and_close_by_keyboard():
    def acts():
        wait_for_dialog()
        for key in 'Escape', 'alt+c':
            open_models()
            press(key)
            wait_for(lambda: not find_window('^Models$'), f'{key} to close the models')
            wait_for_dialog()
        press('Escape')

    expect(run_dialog(acts).status == CANCEL, 'cancelled')


def a_removed_model_gives_way():
    shipped = os.path.join(os.environ['DOT_REFINE_MODELS'], 'imagenet10-64')
    mine = os.path.join(os.environ['XDG_DATA_HOME'], 'dot-refine', 'models', 'mine')
    shutil.copytree(shipped, mine)

    def acts():
        wait_for_dialog()
        press('alt+m', 'Down')
        open_models()
        press('Down', 'alt+r')
        time.sleep(1)
        expect(os.path.exists(mine), 'it went without being asked')
        press('alt+r')
        wait_for(lambda: not os.path.exists(mine), 'the model to go')
        press('alt+c')
        wait_for_dialog()
        press('alt+r')

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(state(result.layers[0])['model']['id'] == 'imagenet10-64', state(result.layers[0])['model'])


def it_continues_with_the_selected_layer():
    def acts():
        wait_for_dialog()
        press('alt+r')

    first = run_dialog(acts)
    made = state(first.layers[-1])
    first.image.set_selected_layers([first.layers[-1]])

    def continues():
        wait_for_dialog()
        press('alt+w')
        press('alt+r')

    second = run_dialog(continues, image=first.image)
    found = [state(layer) for layer in second.layers]
    expect([one['update'] for one in found] == [made['update'] + 1], names(second.layers))
    expect((found[0]['origin'], found[0]['seed']) == (made['origin'], made['seed']), 'it began elsewhere')
    expect(found[0]['latent'] != made['latent'], 'it stayed where it was')


def choose_file(mnemonic, title, path):
    """Opens a row's file chooser and gives it a path."""
    press(f'alt+{mnemonic}', 'space')
    wait_for(lambda: find_window(title), title)
    time.sleep(1)
    press('ctrl+l', 'ctrl+a')
    xdotool('type', '--delay', '20', path)
    time.sleep(0.5)
    press('Return')
    wait_for(lambda: not find_window(title), f'{title} to close')
    time.sleep(0.5)


def a_pair_of_files_becomes_a_model():
    shipped = os.path.join(os.environ['DOT_REFINE_MODELS'], 'imagenet10-64')
    models = os.path.join(os.environ['XDG_DATA_HOME'], 'dot-refine', 'models')

    def acts():
        wait_for_dialog()
        open_models()
        press('alt+i')
        wait_for(lambda: find_window('^Import a Model$'), 'the import')
        choose_file('g', 'Open the Generator', os.path.join(shipped, 'generator.npz'))
        choose_file('d', 'Open the Discriminator', os.path.join(shipped, 'discriminator.npz'))
        press('alt+t')
        xdotool('type', 'Imported by hand')
        press('alt+i')
        wait_for(lambda: not find_window('^Import a Model$'), 'the import to end')
        press('alt+c')
        wait_for_dialog()
        press('Escape')

    expect(run_dialog(acts).status == CANCEL, 'cancelled')
    [model] = os.listdir(models)
    with open(os.path.join(models, model, 'model.json')) as file:
        expect(json.load(file)['title'] == 'Imported by hand', 'title')
    shutil.rmtree(models)


def question():
    return find_window(QUESTION)


def answer(key):
    wait_for(question, 'the question')
    time.sleep(0.5)
    press(key)
    wait_for(lambda: not question(), 'the question to close')


def chosen():
    """Lets models be looked for where programs aren't trusted."""
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'dot-refine')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'settings.ini'), 'w') as file:
        file.write(f'[models]\nfolders={FOLDER}/elsewhere;\n')


def a_program_needs_a_yes():
    chosen()
    before = exported()

    def acts():
        wait_for_dialog()
        press('alt+m', 'Up')
        fill('a', 'two')
        press('alt+r')
        answer('Escape')
        wait_for_dialog()
        time.sleep(1)
        expect('was not run' in read_texts('DOT Refine'), 'it says nothing')
        expect(exported() == before, 'it ran without a yes')
        press('alt+r')
        answer('alt+u')

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f'status {result.status}')
    found = state(result.layers[0])
    expect((found['model']['id'], found['class']['name']) == ('gray', 'two'), found)


def repeating_a_program_needs_a_yes_too():
    before = len(Gimp.get_images())
    mode = Gimp.RunMode.WITH_LAST_VALS
    refused = run_dialog(lambda: answer('Escape'), mode=mode)
    expect(refused.status == CANCEL, f'status {refused.status}')
    expect(len(Gimp.get_images()) == before, 'an image was made')
    result = run_dialog(lambda: answer('alt+u'), mode=mode)
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(state(result.layers[0])['model']['id'] == 'gray', state(result.layers[0])['model'])


def another_model_asks_nothing():
    def acts():
        wait_for_dialog()
        press('alt+m', 'Down')
        fill('a', 'goldfish')
        press('alt+r')
        wait_for(lambda: question() or not find_window(TITLE), 'the end')
        expect(not question(), 'it asked')

    result = run_dialog(acts)
    expect(state(result.layers[0])['model']['id'] == 'imagenet10-64', state(result.layers[0])['model'])


def cancel_keeps_what_is_finished():
    times = {}

    def acts():
        wait_for_dialog()
        fill('u', '400')
        before = exported()
        fill('e', '42')
        press('alt+r')
        wait_for(lambda: exported() >= before + 4, 'four layers')
        times['cancel'] = time.monotonic()
        press('alt+c')

    image = new_image()
    result = run_dialog(acts, image)
    took = time.monotonic() - times['cancel']
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(4 <= len(result.layers) < 400, f'{len(result.layers)} layers')
    kept = [state(layer)['update'] for layer in result.layers]
    expect(kept == list(range(len(kept))), f'updates {kept}')
    expect(names(image.get_layers()) == ['goldfish · seed 42', 'below'], names(image.get_layers()))
    write(f'info    {len(kept)} of 401 layers kept, {took:.1f} s from Cancel to the end')


def stops(seed, how):
    """Starts 400 updates and ends them with `how` after two layers."""
    def acts():
        window = wait_for_dialog()
        before = exported()
        fill('e', seed)
        press('alt+r')
        wait_for(lambda: exported() >= before + 2, 'two layers')
        how(window)

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f'status {result.status}')
    expect(2 <= len(result.layers) < 401, f'{len(result.layers)} layers')


def escape_stops_too():
    stops('51', lambda window: press('Escape'))


def closing_the_window_stops_too():
    stops('43', close_window)


def escape_before_refining_cancels():
    before = len(Gimp.get_images())
    result = run_dialog(lambda: (wait_for_dialog(), press('Escape')))
    expect(result.status == CANCEL, f'status {result.status}')
    expect(len(Gimp.get_images()) == before, 'an image was made')


def a_missing_backend_is_said_in_the_dialog():
    before = len(Gimp.get_images())
    environment = os.path.join(FOLDER, 'environment')
    with open(environment, 'w') as file:
        print('export DOT_REFINE_MODULE_DIR=/nonexistent', file=file)

    def acts():
        wait_for_dialog()
        press('alt+r')
        time.sleep(2)
        wait_for_dialog()
        press('Escape')

    try:
        result = run_dialog(acts)
    finally:
        os.remove(environment)
    expect(result.status == CANCEL, f'status {result.status}')
    expect(len(Gimp.get_images()) == before, 'an image was made')


CHECKS = [
    it_opens_and_refines,
    it_takes_what_is_typed,
    it_remembers,
    an_unknown_class_keeps_it_open,
    one_undo_takes_all_of_it_away,
    models_open_and_close_by_keyboard,
    a_removed_model_gives_way,
    it_continues_with_the_selected_layer,
    a_pair_of_files_becomes_a_model,
    *([a_program_needs_a_yes, repeating_a_program_needs_a_yes_too, another_model_asks_nothing] if SCRIPTS else []),
    cancel_keeps_what_is_finished,
    escape_stops_too,
    closing_the_window_stops_too,
    escape_before_refining_cancels,
    a_missing_backend_is_said_in_the_dialog,
]

for check in CHECKS:
    title = check.__name__.replace('_', ' ')
    if not re.search(ONLY, title):
        continue
    try:
        check()
        write(f'ok      {title}')
    except AssertionError as error:
        write(f'FAILED  {title}: {error}')
    except Exception:
        write(f'FAILED  {title}: {traceback.format_exc()}')
write('done')
quit_gimp = Gimp.get_pdb().lookup_procedure('gimp-quit')
settings = quit_gimp.create_config()
settings.set_property('force', True)
quit_gimp.run(settings)
