# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A Slurm of this one machine, which leaves alone what else may run on it."""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

PROGRAMS = "munged", "slurmctld", "slurmd", "sbatch", "sinfo", "scontrol"
SECONDS = 60
CPUS = 4

CONFIGURATION = """
ClusterName=dot-refine
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES State=UP
"""


class NoSlurm(Exception):
    """Why there is none."""


def find(program):
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin")


def free_ports(n):
    """All at once, so that none is given twice."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(n)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


class Slurm:
    """Daemons with keys, ports and states of their own, in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.host = socket.gethostname().partition(".")[0]
        self.environment = os.environ | {"SLURM_CONF": str(folder / "slurm.conf")}
        self.daemons = []

    def configure(self):
        for name in "state", "spool":
            (self.folder / name).mkdir()
        user = pwd.getpwuid(os.getuid()).pw_name
        text = CONFIGURATION.format(host=self.host, ports=free_ports(2), user=user, folder=self.folder, cpus=CPUS)
        (self.folder / "slurm.conf").write_text(text)
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=disabled\n")
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)

    def start(self, program, *arguments):
        log = (self.folder / f"{program}.log").open("wb")
        self.daemons.append(
            subprocess.Popen(
                [find(program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
            )
        )
        log.close()

    def ask(self, program, *arguments, **changes):
        return subprocess.run(
            [find(program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            **{"env": self.environment} | changes,
        )

    def start_all(self):
        paths = {
            "key-file": "munge.key",
            "socket": "munge.socket",
            "pid-file": "munge.pid",
            "seed-file": "munge.seed",
            "log-file": "munge.log",
        }
        self.start("munged", "--foreground", "--force", *(f"--{k}={self.folder / v}" for k, v in paths.items()))
        self.start("slurmctld", "-D")
        self.start("slurmd", "-D", "-N", self.host)
        deadline = time.monotonic() + SECONDS
        while self.ask("sinfo", "--noheader", "--format=%t").stdout.strip() != "idle":
            dead = [one.args[0] for one in self.daemons if one.poll() is not None]
            if dead or time.monotonic() > deadline:
                raise NoSlurm(f"{' and '.join(dead) or 'Slurm'} did not start: {self.last_words()}")
            time.sleep(0.2)

    def last_words(self):
        logs = sorted(self.folder.glob("*.log"))
        return "; ".join(f"{log.name}: {lines[-1]}" for log in logs if (lines := log.read_text().splitlines()))

    def stop(self):
        """In the other order, so that slurmd ends its jobs."""
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def submit(self, *arguments, **changes):
        """The job's number."""
        done = self.ask("sbatch", "--parsable", *arguments, **changes)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    def states(self, job):
        """Of an array's tasks, one each: RUNNING, COMPLETED, FAILED …"""
        said = self.ask("scontrol", "show", "job", job, "--oneliner").stdout
        return [word.partition("=")[2] for word in said.split() if word.startswith("JobState=")]

    def wait(self, job, while_states=("PENDING", "RUNNING", "COMPLETING", "CONFIGURING")):
        """Until it has ended: the states that it ended with."""
        deadline = time.monotonic() + 5 * SECONDS
        while set(states := self.states(job)) & set(while_states):
            if time.monotonic() > deadline:
                raise AssertionError(f"job {job} does not end: {states}")
            time.sleep(0.2)
        return states


@contextlib.contextmanager
def running():
    """A Slurm, or NoSlurm and why."""
    absent = [program for program in PROGRAMS if not find(program)]
    if absent:
        raise NoSlurm(f"{', '.join(absent)} not found (Debian's packages slurm-wlm and munge)")
    with tempfile.TemporaryDirectory(prefix="dot-slurm-") as folder:
        slurm = Slurm(pathlib.Path(folder))
        slurm.configure()
        try:
            slurm.start_all()
            yield slurm
        finally:
            slurm.stop()
