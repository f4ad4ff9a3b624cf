"""Grades a small class on a real Slurm cluster of one node, which it starts here, and compares with grading without one.

usage: slurm_test.py ROOT COURSE, the repository and the course program. Exit status: 0 all promises kept, 77 no Slurm.
"""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TIMES = {"seconds", "compile_seconds", "test_seconds", "graded_at", "submitted_at"}

CONFIGURATION = """
ClusterName=course
SlurmctldHost={host}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MailProg=/bin/true
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SchedulerParameters=sched_interval=1,batch_sched_delay=1
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(count):
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """A slurmctld and a slurmd of this machine, for the length of a with block."""

    def __init__(self, folder):
        self.folder = folder
        self.daemons = []

    def __enter__(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        host = socket.gethostname().split(".")[0]
        (self.folder / "slurm.conf").write_text(
            CONFIGURATION.format(host=host, user=user, folder=self.folder, ports=free_ports(2), cpus=os.cpu_count()))
        os.environ["SLURM_CONF"] = str(self.folder / "slurm.conf")
        for daemon in ("slurmctld", "slurmd"):
            log = open(self.folder / f"{daemon}.out", "w")
            self.daemons.append(subprocess.Popen([daemon, "-D"], stdout=log, stderr=log))
        for _ in range(60):
            states = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True).stdout
            if "idle" in states:
                return self
            time.sleep(1)
        raise SystemExit("Slurm did not start:\n" + "".join(
            f"--- {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.folder.glob("*.log"))))

    def __exit__(self, *_):
        subprocess.run(["scancel", "--me"], capture_output=True)
        for daemon in reversed(self.daemons):
            daemon.terminate()
            daemon.wait()


def make_class(root, folder):
    """Two solutions, two starters, a mistake, an archive that is none."""
    solution = root / "solutions" / "02_mlp" / "mlp.cpp"
    starter = root / "labs" / "02_mlp" / "starter" / "mlp.cpp"
    for name, source in (("ada", solution), ("bo", starter), ("chae", solution), ("dan", starter), ("eun", solution)):
        (folder / name).mkdir(parents=True)
        shutil.copy(source, folder / name / "mlp.cpp")
    mistake = root / "solutions" / "02_mlp" / "mistakes" / "gradients_overwritten.patch"
    subprocess.run(["patch", "--silent", "--strip=1", f"--directory={folder / 'eun'}", f"--input={mistake}"], check=True)
    (folder / "fay.zip").write_text("no archive")


def grade(course, submissions, out, *more, **options):
    command = [course, "grade", submissions, "--lab", "02", "--out", out, *more]
    return subprocess.Popen([str(word) for word in command], **options)


def without_times(value):
    if isinstance(value, dict):
        return {key: without_times(field) for key, field in value.items() if key not in TIMES}
    return [without_times(field) for field in value] if isinstance(value, list) else value


def results_of(out):
    """Every result, by file name, without its times."""
    return {str(path.relative_to(out)): without_times(json.loads(path.read_text()))
            for path in out.glob("02_mlp/results/*/*.json")}


def main(root, course):
    if shutil.which("slurmctld") is None or shutil.which("slurmd") is None:
        print("slurm-wlm is not installed")
        return 77
    with tempfile.TemporaryDirectory(prefix="course-slurm-") as name:
        folder = pathlib.Path(name)
        make_class(root, folder / "class")
        with Cluster(folder):
            # Stop waiting after the first results; the job goes on, and so does the same command
            start = time.time()
            first = grade(course, folder / "class", folder / "slurm", "--executor", "slurm", "--seed", "5")
            while not results_of(folder / "slurm") and first.poll() is None:
                time.sleep(0.2)
            first.send_signal(signal.SIGKILL)
            first.wait()
            finished = {path: path.stat().st_mtime_ns for path in (folder / "slurm").glob("02_mlp/results/*/*.json")}
            assert finished, "no result came"
            second = grade(course, folder / "class", folder / "slurm", "--executor", "slurm",
                           stdout=subprocess.PIPE, text=True)
            said, _ = second.communicate()
            print(said)
            assert second.returncode == 0
            print(f"Slurm: {len(results_of(folder / 'slurm'))} submissions in {time.time() - start:.0f} s")
            for path, written in finished.items():
                assert path.stat().st_mtime_ns == written, f"{path} was finished and changed"

        # The same class without Slurm
        assert grade(course, folder / "class", folder / "here", "--seed", "5").wait() == 0
        assert results_of(folder / "slurm") == results_of(folder / "here"), "the results differ"
        assert len(results_of(folder / "here")) == 6
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
