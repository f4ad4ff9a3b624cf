"""Grades a small class on a real Slurm cluster of one node, which it starts here, and compares with grading without one.

usage: slurm_test.py ROOT COURSE, the repository and the course program. Exit status: 0 all promises kept, 77 no Slurm.
"""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from small_class import grade, make_class, results_of, written

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


def main(root, course):
    os.environ["PATH"] += ":/usr/sbin:/sbin"  # where the daemons are, which is not on everybody's path
    if shutil.which("slurmctld") is None or shutil.which("slurmd") is None:
        print("slurm-wlm is not installed")
        return 77
    with tempfile.TemporaryDirectory(prefix="course-slurm-") as name:
        folder = pathlib.Path(name)
        make_class(root, folder / "class")
        with Cluster(folder):
            # Stop waiting after the first results; the job continues, and the same command waits again
            start = time.time()
            first = grade(course, folder / "class", folder / "slurm", "--executor", "slurm", "--seed", "5")
            while not results_of(folder / "slurm") and first.poll() is None:
                time.sleep(0.2)
            first.send_signal(signal.SIGKILL)
            first.wait()
            finished = written(folder / "slurm")
            assert finished, "no result came"
            second = grade(course, folder / "class", folder / "slurm", "--executor", "slurm",
                           stdout=subprocess.PIPE, text=True)
            said, _ = second.communicate()
            print(said)
            assert second.returncode == 0
            print(f"Slurm: {len(results_of(folder / 'slurm'))} submissions in {time.time() - start:.0f} s")
            assert finished.items() <= written(folder / "slurm").items(), "a finished result has changed"

        # The same class without Slurm
        assert grade(course, folder / "class", folder / "here", "--seed", "5").wait() == 0
        assert results_of(folder / "slurm") == results_of(folder / "here"), "the results differ"
        assert len(results_of(folder / "here")) == 6
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
