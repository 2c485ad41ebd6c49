# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What desktops and software centres show of the plug-in: its description and its icons."""

import os
import pathlib
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"])
BUILT = pathlib.Path(os.environ["DOT_REFINE_BUILD"]) / "plugin" / "org.gimp.GIMP.Plugin.DotRefine.metainfo.xml"
ICONS = SOURCE / "plugin" / "icons" / "hicolor"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SVG = "{http://www.w3.org/2000/svg}"


def languages():
    lines = (SOURCE / "po" / "LINGUAS").read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


class Metainfo(unittest.TestCase):

    def setUp(self):
        self.component = ElementTree.parse(BUILT).getroot()

    def test_it_is_an_addon_of_gimp(self):
        self.assertEqual(self.component.get("type"), "addon")
        self.assertEqual(self.component.findtext("extends"), "org.gimp.GIMP")
        self.assertEqual(self.component.findtext("id") + ".metainfo.xml", BUILT.name)

    def test_it_is_of_this_version(self):
        [release] = self.component.iter("release")
        self.assertIn(f"version: '{release.get('version')}'", (SOURCE / "meson.build").read_text())

    def test_it_is_in_every_language(self):
        for name, count in ("summary", 1), ("p", 2):
            texts = list(self.component.iter(name))
            for language in languages():
                # "zh-Hans-CN" is zh_CN
                begins = language.partition("_")[0]
                translated = [text for text in texts if text.get(LANGUAGE, "").partition("-")[0] == begins]
                self.assertEqual(len(translated), count, (name, language))

    def test_it_is_valid(self):
        if not shutil.which("appstreamcli"):
            self.skipTest("appstreamcli isn't installed")
        # the project has no page of its own yet
        command = ["appstreamcli", "validate", "--no-net", "--override=url-homepage-missing=info", BUILT]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


class Icons(unittest.TestCase):

    def test_each_is_made_for_16_pixels(self):
        name = ElementTree.parse(BUILT).getroot().findtext("icon")
        for path in ICONS / "scalable/apps" / f"{name}.svg", ICONS / "symbolic/apps" / f"{name}-symbolic.svg":
            image = ElementTree.parse(path).getroot()
            self.assertEqual(image.get("viewBox"), "0 0 16 16", path)
            for circle in image.iter(f"{SVG}circle"):
                x, y, radius = (float(circle.get(key)) for key in ("cx", "cy", "r"))
                self.assertGreaterEqual(2 * radius, 2, "a spot would be no more than a pixel")
                self.assertTrue(radius <= x <= 16 - radius and radius <= y <= 16 - radius, "it is cut")

    def test_the_symbolic_one_has_one_colour(self):
        image = ElementTree.parse(ICONS / "symbolic/apps/dot-refine-symbolic.svg").getroot()
        self.assertEqual({part.get("fill") for part in image}, {"#bebebe"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
