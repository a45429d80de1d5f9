#!/bin/bash
# Slurm with this machine as its only node, for the test of job arrays: slurm_single_node.sh start FOLDER, slurm_single_node.sh stop FOLDER. Needs root and Debian's
# slurm-wlm; all state is in FOLDER. Prints nothing where it succeeds.
set -euo pipefail
folder=$2
host=$(hostname -s)

stop() {
    for daemon in slurmd slurmctld munged; do
        [ -f "$folder/$daemon.pid" ] || continue
        id=$(cat "$folder/$daemon.pid")
        kill "$id" 2>/dev/null || continue
        # Their folder goes afterwards.
        for _ in $(seq 100); do kill -0 "$id" 2>/dev/null || break; sleep 0.1; done
    done
}

if [ "$1" = stop ]; then stop; exit 0; fi
trap 'stop; tail -n 5 "$folder"/*.log >&2' ERR
mkdir -p "$folder/state" "$folder/spool"
head -c 64 /dev/urandom >"$folder/key"
chmod 600 "$folder/key"
munged --force --key-file="$folder/key" --socket="$folder/munge" --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/seed"
read -r first second < <(python3 -c 'import socket
a, b = socket.socket(), socket.socket()
a.bind(("", 0)); b.bind(("", 0))
print(a.getsockname()[1], b.getsockname()[1])')
cat >"$SLURM_CONF" <<C
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$first
SlurmdPort=$second
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
C
slurmctld
slurmd
for _ in $(seq 100); do
    sinfo --noheader --format=%T 2>/dev/null | grep -q idle && exit 0
    sleep 0.1
done
echo "no node became idle" >&2
false
