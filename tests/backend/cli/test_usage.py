# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The command line's contract, as far as it needs no libtorch."""

import os
import pathlib
import subprocess
import unittest

from command import BINARY, CommandTest, DONE, FAILED, MODEL, USAGE, main

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"

REFINE_OPTIONS = """model generator discriminator architecture prior class seed
    count latents labels updates keep-every method space optimizer step-size
    k-eff projection device precision out trace json from towards
    export export-scale export-smooth export-delay divergence noise particles
    moves calibration proposals pilots percentile budget""".split()


class Help(CommandTest):

    def test_version_is_program_and_number(self):
        self.assertRegex(self.run_well("--version"), r"\Adot-refine \d+\.\d+\.\d+\n\Z")

    def test_nothing_is_usage_on_stderr(self):
        result = self.run_command(code=USAGE)
        self.assertEqual(result.stdout, "")
        for command in "models", "info", "refine", "import", "train", "bench":
            self.assertIn(command, result.stderr)

    def test_help_of_the_program(self):
        self.assertEqual(self.run_well("--help"), self.run_well("-h"))
        self.assertIn("refine", self.run_well("--help"))

    def test_help_of_each_command(self):
        for command in (
            "models",
            "info",
            "refine",
            "invert",
            "import",
            "bench",
            "evaluate",
            "calibrate",
            "statistics",
            "emd",
            "train",
        ):
            text = self.run_well(command, "--help")
            self.assertIn(f"dot-refine {command}", text)
            self.assertIn("--json", text)
        self.assertIn("--yes", self.run_well("remove", "--help"))
        self.assertIn("--output", self.run_well("curves", "--help"))

    def test_help_of_bench_has_what_people_use(self):
        text = self.run_well("bench", "--help")
        for option in "model batch precision engine device updates".split():
            self.assertRegex(text, rf"\n +--{option}[ =\n]")
        self.assertNotIn("--worker", text)

    def test_help_of_refine_has_all_options(self):
        text = self.run_well("refine", "--help")
        for option in REFINE_OPTIONS:
            self.assertRegex(text, rf"\n +--{option}[ =\n]")


class Encoding(CommandTest):

    def test_plain_ascii_where_the_locale_is(self):
        text = self.run_badly("info", "nonsense", LC_ALL="C")
        self.assertIn('"nonsense"', text)
        text.encode("ascii")

    def test_json_is_utf8_everywhere(self):
        model = self.folder / "models" / "schön"
        model.mkdir(parents=True)
        (model / "model.json").write_text("{}")
        found = self.run_json("models", LC_ALL="C", DOT_REFINE_MODELS=str(model.parent))
        self.assertIn("schön", [model["id"] for model in found])


class Surroundings(CommandTest):

    def run_limited(self, *arguments, limit):
        """With so many open files, or other limits of the shell."""
        return subprocess.run(
            ["sh", "-c", f'ulimit {limit} && exec "$0" "$@"', BINARY, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(),
            timeout=60,
        )

    def test_few_files(self):
        result = self.run_limited("info", "imagenet10-64", limit="-n 8")
        self.assertEqual((result.returncode, result.stdout), (FAILED, ""))
        self.assert_sentence(result.stderr, "8", "ulimit -n")

    def test_few_files_that_may_be_more(self):
        result = self.run_limited("info", "imagenet10-64", limit="-S -n 8")
        self.assertEqual((result.returncode, result.stderr), (DONE, ""))

    def test_text_in_any_locale(self):
        for locale in "C", "C.UTF-8":
            text = self.run_badly("refine", "--class", "Übermut", LC_ALL=locale)
            self.assertRegex(text, r"[ÜU]\w*bermut")
        self.run_badly("refine", b"--class=\xff", code=USAGE, mentions=["--class"])

    def test_a_manifest_without_a_format(self):
        folder = self.folder / "minimal"
        folder.mkdir()
        (folder / "model.json").write_text('{"image": {"size": 32}, "latent": {"size": 100}}')
        self.run_badly("info", folder, mentions=[folder / "model.json", '"format": "dot-refine-model"'])


class Usage(CommandTest):

    def check(self, *arguments, mentions=()):
        self.run_badly(*arguments, code=USAGE, mentions=mentions)

    def test_unknown_command(self):
        self.check("refin", mentions=["refin"])

    def test_unknown_option(self):
        for command in [], ["models"], ["info"], ["refine"]:
            self.check(*command, "--nonsense", mentions=["--nonsense"])

    def test_wrong_number_of_arguments(self):
        self.check("models", "x", mentions=["x"])
        self.check("info")
        self.check("info", "a", "b")
        self.check("refine", "goldfish", mentions=["goldfish"])
        self.check("refine", "--seed", mentions=["--seed"])

    def test_curves_needs_a_log_and_a_picture(self):
        self.check("curves", "-o", "a.svg")
        self.check("curves", "log.csv", mentions=["--output"])

    def test_numbers_that_are_none(self):
        for option in "seed", "count", "updates", "keep-every":
            for text in "x", "", "1.5", "0x10", "1 ", " 1", "1e3", "nan":
                self.check("refine", f"--{option}={text}", mentions=[f"--{option}"])
        for option in "step-size", "k-eff":
            for text in "x", "", "1,5", "0.1 ", "nan", "1..2":
                self.check("refine", f"--{option}={text}", mentions=[f"--{option}"])

    def test_unknown_words(self):
        for option in (
            "prior",
            "method",
            "space",
            "optimizer",
            "projection",
            "device",
            "precision",
            "architecture",
        ):
            files = ["--generator=g", "--discriminator=d"]
            self.check("refine", *files, f"--{option}", "nonsense", mentions=[f"--{option}", "nonsense"])

    def test_lists_of_bench(self):
        for text in "", "x", "1,", ",1", "1,,4", "1;4", "1.5":
            self.check("bench", f"--batch={text}", mentions=["--batch"])
        for option in "precision", "engine":
            for text in "", "nonsense", "native,", "float32,,bfloat16":
                self.check("bench", f"--{option}={text}", mentions=[f"--{option}"])
        self.check("bench", "--device=nonsense", mentions=["--device"])
        self.check("bench", "--updates=x", mentions=["--updates"])
        self.check("bench", "imagenet10-64", mentions=["imagenet10-64"])

    def test_options_that_need_or_exclude_each_other(self):
        self.check("refine", "--generator", "g.npz")
        self.check("refine", "--discriminator", "d.npz")
        self.check("refine", "--generator=g", "--discriminator=d", "--model=imagenet10-64")
        self.check("refine", "--prior", "normal")
        self.check("refine", "--architecture", "mlp")


class Models(CommandTest):

    def test_table(self):
        lines = self.run_well("models").splitlines()
        self.assertIn("Licence", lines[0])
        self.assertRegex(lines[1], r"^imagenet10-64 +64 +10 ")

    def test_json(self):
        [model] = [model for model in self.run_json("models") if model["id"] == "imagenet10-64"]
        self.assertEqual((model["image_size"], model["latent_size"], model["n_classes"]), (64, 128, 10))
        self.assertEqual(model["prior"], "normal")
        self.assertIsNone(model["problem"])

    def test_info(self):
        text = self.run_well("info", "imagenet10-64")
        for word in (
            "sngan-projection",
            "64 × 64",
            "128",
            "normal",
            "goldfish",
            "n01443537",
            "seashore",
            "978",
            "generator.npz",
            "discriminator.npz",
        ):
            self.assertIn(word, text)

    def test_info_json(self):
        model = self.run_json("info", "imagenet10-64")
        self.assertEqual(len(model["classes"]), 10)
        self.assertEqual(model["classes"][0]["class"], "goldfish")
        self.assertEqual(
            model["classes"][9],
            model["classes"][9] | {"label": 9, "index": 978, "wnid": "n09428293"},
        )

    def test_info_of_a_folder(self):
        by_id = self.run_json("info", "imagenet10-64")
        self.assertEqual(self.run_json("info", MODEL), by_id)
        self.assertEqual(self.run_json("info", MODEL / "model.json"), by_id)

    def test_info_of_no_model(self):
        self.run_badly("info", "nonsense", mentions=["nonsense"])
        self.run_badly("info", "/nonexistent/x", mentions=["/nonexistent/x"])

    def test_a_broken_model_is_listed_with_its_problem(self):
        broken = self.folder / "models" / "broken"
        broken.mkdir(parents=True)
        for text in "", "{", "[]", "{}", '{"format": "dot-refine-model"}':
            (broken / "model.json").write_text(text)
            models = {"DOT_REFINE_MODELS": str(broken.parent)}
            [model] = [model for model in self.run_json("models", **models) if model["id"] == "broken"]
            self.assertIn("model.json", model["problem"])
            self.assertIn("model.json", self.run_well("models", **models))
            self.run_badly("info", "broken", mentions=["model.json"], **models)
            self.run_badly("refine", "--model", "broken", mentions=["model.json"], **models)

    def test_results_that_cannot_be_written(self):
        with open("/dev/full", "w") as full:
            self.run_badly("models", code=FAILED, stdout=full, mentions=["standard output"])


class Ranges(CommandTest):
    """Numbers that can be read but not used: exit code 1."""

    def check(self, *arguments, mentions):
        self.run_badly("refine", *arguments, mentions=mentions)

    def test_seed(self):
        for seed in -1, 2**31, 2**63, -(2**70):
            self.check(f"--seed={seed}", mentions=["seed", 2**31 - 1])

    def test_seed_of_the_last_candidate(self):
        self.check("--seed", 2**31 - 1, "--count", 2, mentions=["seed"])

    def test_counts(self):
        for count in -1, 0, 2**40:
            self.check("--count", count, mentions=["count"])
        for updates in -1, 100001, 2**32:
            self.check("--updates", updates, mentions=["updates"])
        for keep_every in -1, 0:
            self.check("--keep-every", keep_every, mentions=["keep-every"])

    def test_of_bench(self):
        for option in "batch", "updates":
            for number in 0, -1, 10**6:
                self.run_badly("bench", f"--{option}={number}", mentions=[f"--{option}"])

    def test_steps(self):
        for step_size in -1, "1e999":
            self.check("--step-size", step_size, mentions=["step-size"])
        for k_eff in 0, -1, "1e999":
            self.check("--k-eff", k_eff, mentions=["k-eff"])


class Refine(CommandTest):

    @unittest.skipUnless(NATIVE.exists(), "there is no native engine")
    def test_a_run_needs_the_native_engine_only(self):
        on = "--engine", "native", "--device", "cpu", "--k-eff", 1
        result = self.run_json("refine", *on, "--updates", 1, "--out", self.folder / "out")
        for update in result["candidates"][0]["updates"]:
            self.assertTrue((self.folder / "out" / update["file"]).exists(), update)


if __name__ == "__main__":
    main()
