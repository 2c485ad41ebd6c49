# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine doctor in homes that have what is wrong, one thing each, or all that is right."""

import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

from command import DONE, FAILED, MODEL, MODELS, USAGE, CommandTest, main

MODULES = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"])
BUILD = pathlib.Path(os.environ["DOT_REFINE_BUILD"])
NATIVE = MODULES / "dotrefine-native.so"
PLUG_IN = BUILD / "plugin" / "dot-refine"
STAND_IN = BUILD / "tests" / "backend" / "modules" / "cuda"
# Preloaded, it says that there is a GPU's driver.
DRIVER = BUILD / "tests" / "libdriver.so"

# A plug-in that speaks version $SPEAKS of GIMP's protocol, and offers $OFFERS in it.
SPEAKING = """#!/bin/sh
# {mark}
if [ "$2" -lt {speaks} ]; then echo 'because GIMP is using an older version of the protocol.' >&2; exit 1; fi
if [ "$2" -gt {speaks} ]; then echo 'because it uses an obsolete version of the protocol.' >&2; exit 1; fi
printf 'an answer with {offers} in it' >&$4
"""


class Home(CommandTest):

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        self.system = self.home / "system"
        self.system.mkdir()
        self.version = self.run_well("--version").split()[1]

    def environment(self, **changes):
        own = {"HOME": str(self.home), "DOT_REFINE_GIMP": str(self.system)}
        own |= {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
        environment = super().environment(**own | changes)
        for name in "GIMP3_DIRECTORY", "GIMP3_SYSCONFDIR":
            if name not in changes:
                environment.pop(name, None)
        return environment

    def settings(self, version="3.0"):
        """The settings of a GIMP that was started."""
        folder = self.home / "config" / "GIMP" / version
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def write(self, path, text, mode=0o755):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def speaking(self, speaks=277, offers="plug-in-dot-refine", version=None):
        return SPEAKING.format(mark=f"dot-refine-plug-in {version or self.version}\0", speaks=speaks, offers=offers)

    def put(self, text=None, folder=None, **options):
        """A plug-in where GIMP looks for it."""
        folder = folder or self.settings() / "plug-ins"
        return self.write(folder / "dot-refine" / "dot-refine", text or self.speaking(), **options)

    def look(self, check, code=None, **changes):
        """What is found of one thing."""
        result = self.run_command("doctor", "--json", code=code, **changes)
        return [finding for finding in json.loads(result.stdout) if finding["check"] == check]

    def assert_problem(self, check, *mentions, fix=(), **changes):
        """One, with its fix, and an exit code that says so."""
        found = self.look(check, code=FAILED, **changes)
        [problem] = [finding for finding in found if finding["state"] == "problem"]
        for mention in mentions:
            self.assertIn(str(mention), problem["text"])
        for mention in fix:
            self.assertIn(str(mention), problem["fix"])
        self.assertTrue(problem["fix"])
        return problem


class PlugIn(Home):

    def test_one_that_answers(self):
        program = self.put()
        [finding] = self.look("plug-in")
        self.assertEqual((finding["state"], finding["fix"]), ("ok", None))
        self.assertIn(str(program), finding["text"])
        self.assertIn("GIMP 3.0", finding["text"])

    def test_other_versions_of_the_protocol(self):
        for speaks in 256, 276, 278, 301, 511:
            self.put(self.speaking(speaks=speaks))
            [finding] = self.look("plug-in")
            self.assertEqual(finding["state"], "ok", speaks)
        self.put(self.speaking(speaks=700))
        self.assert_problem("plug-in", "protocol")

    def test_the_real_one(self):
        if not PLUG_IN.exists():
            self.skipTest("built without GIMP")
        folder = self.settings() / "plug-ins" / "dot-refine"
        folder.mkdir(parents=True)
        shutil.copy(PLUG_IN, folder)
        [finding] = self.look("plug-in")
        self.assertEqual(finding["state"], "ok", finding)
        self.assertIn(self.version, finding["text"])

    def test_none(self):
        folder = self.settings()
        self.assert_problem("plug-in", "GIMP 3.0", fix=[folder / "plug-ins/dot-refine/dot-refine"])

    def test_none_of_two_gimps(self):
        self.put()
        self.settings("3.2")
        self.settings("2.10")
        self.assert_problem("plug-in", "GIMP 3.2", fix=["GIMP/3.2/plug-ins/dot-refine/dot-refine"])
        self.assertEqual(len(self.look("plug-in")), 2)

    def test_without_a_folder_of_its_own(self):
        path = self.write(self.settings() / "plug-ins" / "dot-refine", self.speaking())
        self.assert_problem("plug-in", path, fix=["plug-ins/dot-refine"])

    def test_not_executable(self):
        path = self.put(mode=0o644)
        problem = self.assert_problem("plug-in", path, fix=["chmod +x"])
        os.chmod(re.search(r"'(.+)'", problem["fix"])[1], stat.S_IRWXU)
        self.assertEqual(self.look("plug-in")[0]["state"], "ok")

    def test_of_another_version(self):
        self.put(self.speaking(version="0.0.1"))
        self.assert_problem("plug-in", "0.0.1", self.version, fix=["again"])
        self.put("#!/bin/sh\nprintf plug-in-dot-refine >&$4\n")
        self.assert_problem("plug-in", "version ?")

    def test_that_needs_what_is_missing(self):
        said = "dot-refine: error while loading shared libraries: libgimpui-3.0.so.0: cannot open shared object file"
        self.put(f"#!/bin/sh\necho '{said}' >&2\nexit 127\n")
        self.assert_problem("plug-in", "libgimpui-3.0.so.0")

    def test_that_is_no_program_of_this_machine(self):
        self.put("\x7fELF\x02 nonsense")
        self.assert_problem("plug-in", "dot-refine/dot-refine")

    def test_that_offers_something_else(self):
        self.put(self.speaking(offers="plug-in-another"))
        self.assert_problem("plug-in", "without a word")

    def test_in_the_systems_folder(self):
        program = self.put(folder=self.system / "plug-ins")
        for folder in None, self.settings():
            [finding] = self.look("plug-in")
            self.assertEqual(finding["state"], "ok", folder)
            self.assertIn(str(program), finding["text"])

    def test_where_settings_say(self):
        place = self.home / "my plug-ins"
        self.put(folder=place)
        (self.settings() / "gimprc").write_text('# (plug-in-path "/no")\n(plug-in-path "${home_dir}/my plug-ins")\n')
        self.assertEqual(self.look("plug-in")[0]["state"], "ok")
        (self.settings() / "gimprc").write_text('(plug-in-path "${gimp_dir}/elsewhere")\n')
        self.assert_problem("plug-in", fix=["GIMP/3.0/elsewhere/dot-refine/dot-refine"])

    def test_where_the_systems_settings_say(self):
        place = self.home / "system plug-ins"
        self.put(folder=place)
        self.settings()
        etc = self.home / "etc"
        self.write(etc / "gimprc", f'(plug-in-path "${{gimp_dir}}/plug-ins:{place}")\n')
        self.assertEqual(self.look("plug-in", GIMP3_SYSCONFDIR=str(etc))[0]["state"], "ok")

    def test_settings_elsewhere(self):
        elsewhere = self.home / "elsewhere"
        self.put(folder=elsewhere / "plug-ins")
        self.settings()
        [finding] = self.look("plug-in", GIMP3_DIRECTORY=str(elsewhere))
        self.assertEqual(finding["state"], "ok")

    def test_sandboxes_are_named(self):
        self.put()
        for folder in ".var/app/org.gimp.GIMP/config/GIMP/3.0", "snap/gimp/current/.config/GIMP/3.0":
            (self.home / folder / "plug-ins").mkdir(parents=True)
        own, *others = self.look("plug-in")
        self.assertEqual((own["state"], [one["state"] for one in others]), ("ok", ["none", "none"]))
        self.assertIn("Flatpak", others[0]["text"])
        self.assertIn("Snap", others[1]["text"])


class Modules(Home):

    def modules(self, *names):
        folder = self.home / "modules"
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(MODULES / name, folder)
        return folder

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_each_that_is_there(self):
        found = self.look("module")
        for finding in found:
            # without a GPU the one for it may lack what it needs
            self.assertIn(finding["state"], ("ok", "none") if "cuda" in finding["text"] else ("ok",), finding)
        for path in MODULES.glob("dotrefine-*.so"):
            self.assertTrue(any(str(path) in finding["text"] for finding in found), path)

    def test_nothing_that_computes(self):
        folder = self.home / "empty"
        folder.mkdir()
        self.assert_problem(
            "module", "nothing to compute with", fix=["dotrefine-native.so"], DOT_REFINE_MODULE_DIR=str(folder)
        )

    @unittest.skipUnless(NATIVE.exists() and shutil.which("gcc"), "there is no native engine, or no compiler")
    def test_a_missing_library_is_named(self):
        """As where a package was taken away: the module needs a library that isn't there any more."""
        folder = self.modules(NATIVE.name)
        source = self.write(self.home / "module.c", "int used (void); int call (void) { return used (); }")
        needed = self.write(self.home / "needed.c", "int used (void) { return 1; }")
        self.build("-o", self.home / "libneeded.so.7", "-Wl,-soname,libneeded.so.7", needed)
        self.build("-o", folder / "dotrefine-webp.so", source, self.home / "libneeded.so.7")
        (self.home / "libneeded.so.7").unlink()
        self.assert_problem(
            "module", folder / "dotrefine-webp.so", fix=["libneeded.so.7"], DOT_REFINE_MODULE_DIR=str(folder)
        )

    def build(self, *arguments):
        subprocess.run(["gcc", "-shared", "-fPIC", *map(str, arguments)], check=True)

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_the_one_for_a_gpu_is_missed_by_who_has_one(self):
        folder = self.modules(NATIVE.name)
        (folder / "dotrefine-cuda.so").write_bytes(b"no module")
        driver = {"DOT_TEST_DRIVER": "1", "LD_PRELOAD": str(DRIVER)} if DRIVER.exists() else {}
        for changes, state in ({}, "none"), (driver, "problem"):
            if changes == {} and state == "problem" or os.path.exists("/dev/nvidiactl"):
                continue
            found = self.look("module", DOT_REFINE_MODULE_DIR=str(folder), **changes)
            self.assertEqual([finding["state"] for finding in found], ["ok", state])

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_one_that_is_damaged(self):
        folder = self.modules(NATIVE.name)
        (folder / "dotrefine-export.so").write_bytes(b"\x7fELF damaged")
        self.assert_problem("module", folder / "dotrefine-export.so", fix=["again"], DOT_REFINE_MODULE_DIR=str(folder))

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_one_that_is_another(self):
        """Under the name of the encoders, which it has none of."""
        folder = self.modules(NATIVE.name)
        shutil.copy(NATIVE, folder / "dotrefine-export.so")
        self.assert_problem("module", "dotrefine-export.so", fix=["another version"], DOT_REFINE_MODULE_DIR=str(folder))

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_those_beside_the_plug_in(self):
        program = self.put()
        (program.parent / "dotrefine-export.so").write_bytes(b"no module")
        self.assert_problem("module", program.parent / "dotrefine-export.so")


class Models(Home):

    def test_whole_ones(self):
        found = self.look("model")
        self.assertEqual({finding["state"] for finding in found}, {"ok"})
        self.assertEqual(len(found), 2, "those to download aren't there")

    def test_a_file_that_is_another(self):
        folder = self.home / "models"
        shutil.copytree(MODEL, folder / "mine")
        with open(folder / "mine" / "generator.npz", "r+b") as file:
            file.seek(5000)
            file.write(b"damage")
        self.assert_problem("model", "mine", fix=["generator.npz", "sha256"], DOT_REFINE_MODELS=f"{folder}:{MODELS}")

    def test_a_file_that_is_missing(self):
        folder = self.home / "models"
        shutil.copytree(MODEL, folder / "mine")
        (folder / "mine" / "discriminator.npz").unlink()
        self.assert_problem("model", "mine", fix=["discriminator.npz"], DOT_REFINE_MODELS=f"{folder}:{MODELS}")


PRECISIONS = "float32", "tf32", "bfloat16"


class Gpu(Home):
    """--gpu: what is tried, and what is said where that can't be."""

    def trials(self, *arguments, code=DONE, **changes):
        """What came of each, by its name."""
        result = self.run_command("doctor", "--gpu", "--json", *arguments, code=code, **changes)
        self.said = result.stderr
        self.report = (self.folder / "dot-refine-gpu.txt").read_text()
        return {trial["trial"]: trial for trial in json.loads(result.stdout)}

    def stand_in(self, **changes):
        """What computes as a GPU would, on the CPU."""
        if not (STAND_IN / "dotrefine-cuda.so").exists() or not DRIVER.exists():
            self.skipTest("there is no stand-in for CUDA's libraries")
        return {
            "DOT_REFINE_MODULE_DIR": f"{STAND_IN}:{MODULES}",
            "DOT_REFINE_STAND_IN_MEMORY": str(1 << 31),
            "DOT_REFINE_MODELS": str(MODEL.parent),
            "DOT_TEST_DRIVER": "1",
            "LD_PRELOAD": str(DRIVER),
            "MALLOC_PERTURB_": "0",
        } | changes

    def test_without_a_gpu_each_trial_says_so(self):
        if os.path.exists("/dev/nvidiactl"):
            self.skipTest("there is a GPU's driver")
        trials = self.trials(code=FAILED)
        self.assertGreater(len(trials), 30)
        for trial in trials.values():
            self.assertEqual(trial["state"], "missed", trial)
            self.assertTrue(trial["text"], trial)
        self.assert_sentence(self.said, "dot-refine-gpu.txt", "passed: 0, failed: 0")
        self.assertIn("0 passed, 0 failed", self.report)
        self.assertNotIn(str(self.home), self.report)

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_pairs_are_compared_in_each_precision(self):
        for pair in "mlp", "sngan-projection, 32 pixels":
            trials = self.trials("--only", pair, **self.stand_in())
            self.assertEqual(list(trials), [f"{pair}, {precision}" for precision in PRECISIONS])
            for trial in trials.values():
                self.assertEqual(trial["state"], "passed", trial)
                self.assertRegex(trial["text"], r"^without graph: image .*; with it: image ")
                self.assertIn(trial["text"], self.report)
            # the stand-in has all bits in TF32, and those of bfloat16 only there
            [first] = re.findall(r"without graph: image ([\d.e+-]+)", trials[f"{pair}, float32"]["text"])
            self.assertLess(float(first), 1e-5)

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_wrong_numbers_are_found(self):
        """A processor's answers that are another pair's: the comparison must see it."""
        trials = self.trials("--only", "mlp, float32", code=FAILED, **self.stand_in(DOT_REFINE_STAND_IN_WRONG="1"))
        self.assertEqual(trials["mlp, float32"]["state"], "failed", trials)
        self.assertIn("FAILED", self.report)

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_memory_and_cancelling(self):
        for name in "too little memory", "cancelling a run":
            [trial] = self.trials("--only", name, **self.stand_in()).values()
            self.assertEqual(trial["state"], "passed", trial)
        [trial] = self.trials("--only", "too little", **self.stand_in()).values()
        self.assertRegex(trial["text"], r"^2\d\d\d MiB taken|^1\d\d\d MiB taken")
        self.assertIn("the same numbers", trial["text"])

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_a_gpu_that_fails_is_said_to(self):
        trials = self.trials("--only", "mlp", code=FAILED, **self.stand_in(DOT_REFINE_STAND_IN_LIFE="1"))
        self.assertIn("failed", {trial["state"] for trial in trials.values()})
        self.assertIn("FAILED", self.report)
        self.assert_sentence(self.said, "failed")

    def test_usage(self):
        self.run_badly("doctor", "--report", "x", code=USAGE, mentions=["--gpu"])

    def test_a_report_that_cannot_be_written(self):
        missing = self.home / "missing" / "report.txt"
        result = self.run_command("doctor", "--gpu", "--report", missing, code=FAILED)
        self.assert_sentence(result.stderr, missing)


class Result(Home):

    def test_text_and_exit_code(self):
        self.settings()
        result = self.run_command("doctor", code=FAILED)
        self.assertRegex(result.stdout, r"(?m)^Problem: GIMP 3\.0 .*\n    \S")
        self.assert_sentence(result.stderr)
        self.assertIn("One thing is wrong", result.stderr)

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_all_is_well(self):
        self.put()
        text = self.run_well("doctor")
        self.assertNotIn("Problem", text)
        self.assertGreater(len(re.findall("^OK: ", text, re.M)), 3)

    def test_the_gpu_is_no_problem_where_there_is_none(self):
        if os.path.exists("/dev/nvidiactl"):
            self.skipTest("there is a GPU's driver")
        [finding] = self.look("gpu")
        self.assertEqual(finding["state"], "none")

    def test_usage(self):
        self.run_badly("doctor", "x", code=USAGE, mentions=["x"])


if __name__ == "__main__":
    main()
