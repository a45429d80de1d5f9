"""What Jupyter's own client sees of a kernel.

    /usr/bin/python3 tests/peers/jupyter_kernel.py KERNEL SCENARIO

Starts the kernel, plays the scenario and prints what came as one JSON value. The kernel must be installed where jupyter_client looks
(JUPYTER_DATA_DIR). Exit code 1 with a trace where the client gave up.
"""

import json
import os
import signal
import sys
import warnings

from jupyter_client import KernelManager

warnings.simplefilter("ignore")
PATIENCE = 120


class Session:
    def __init__(self, name):
        # A shell starts what it runs in the background with the signal ignored, and so would the kernel be.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, code, answers=(), **options):
        """A cell: its reply and everything that came for it."""
        answers, outputs = list(answers), []

        def answer(question):
            outputs.append({"type": "input_request", **question["content"]})
            self.client.input(answers.pop(0))

        options.setdefault("allow_stdin", bool(answers))
        reply = self.client.execute_interactive(
            code, output_hook=lambda m: outputs.append({"type": m["msg_type"], **m["content"]}), stdin_hook=answer, timeout=PATIENCE, **options)
        return {"reply": reply["content"], "outputs": outputs}

    def ask(self, method, *arguments, **options):
        getattr(self.client, method)(*arguments, **options)
        return self.client.get_shell_msg(timeout=PATIENCE)["content"]

    def wait_for(self, kind):
        while (message := self.client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != kind:
            pass
        return message["content"]


def information(session):
    return session.ask("kernel_info")


def outputs(session):
    return [
        session.run('Console.WriteLine("out"); Console.Error.WriteLine("err"); display(1); '
                    'DisplayExtensions.DisplayAs("<b>x</b>", "text/html"); 6 * 7'),
        session.run("#!fsharp\n[ 1 .. 3 ] |> List.map ((*) 2)"),
        session.run("var after = 1;\nthrow new Exception(\"broken\");"),
        session.run("after"),
    ]


def assistance(session):
    session.run("var longVariable = \"text\";")
    code = "/* 😀 */ longVariable.Repl"
    return {
        "completion": session.ask("complete", code, len(code)),
        "variable": session.ask("complete", "longVar", 7),
        "inspection": session.ask("inspect", "/* 😀 */ longVariable.Replace", len("/* 😀 */ longVariable.Rep")),
        "nothing": session.ask("inspect", "    ", 2),
        "complete": session.ask("is_complete", "1 + 1"),
        "incomplete": session.ask("is_complete", "if (true)\n    {"),
        "invalid": session.ask("is_complete", "1 +* )"),
    }


def interrupt(session):
    """By a message, as Jupyter interrupts our kernels, and by the signal that reaches a kernel that runs in a terminal."""
    ways = {
        "while (true) { }": session.manager.interrupt_kernel,
        "System.Threading.Thread.Sleep(100_000);": session.manager.interrupt_kernel,
        "await Task.Delay(100_000);": lambda: os.kill(session.manager.provisioner.pid, signal.SIGINT),
    }
    result = []
    for code, stop in ways.items():
        session.client.execute(f'var kept = 5; Console.WriteLine("begun");\n{code}')
        session.wait_for("stream")
        stop()
        result.append({"reply": session.client.get_shell_msg(timeout=PATIENCE)["content"], "after": session.run("kept")})
    return result


def questions(session):
    return [
        session.run('Console.Write("Name? "); Console.ReadLine()', ["Ada"]),
        session.run('await Kernel.GetInputAsync("Your name")', ["Grace"]),
        session.run('(await Kernel.GetPasswordAsync("Secret")).GetClearTextPassword()', ["hush"]),
        session.run("Console.ReadLine()"),
    ]


def history(session):
    for code in ["1 + 1", "2 + 2", "var x = 3;"]:
        session.run(code)
    return {
        "tail": session.ask("history", hist_access_type="tail", n=2),
        "range": session.ask("history", hist_access_type="range", session=0, start=1, stop=3, output=True),
        "search": session.ask("history", hist_access_type="search", pattern="*+*", n=1),
    }


def restart(session):
    session.run("var lost = 1;")
    session.manager.restart_kernel(now=False)
    session.client.wait_for_ready(timeout=PATIENCE)
    return session.run("lost")


def death(session):
    return [session.run("var lost = 1;"), session.run("Environment.Exit(3);"), session.run("lost"), session.run("1 + 1"), session.manager.is_alive()]


def queue(session):
    codes = ["System.Threading.Thread.Sleep(200); throw new Exception(\"broken\");", "1", "2"]
    for code in codes:
        session.client.execute(code)
    return [session.client.get_shell_msg(timeout=PATIENCE)["content"]["status"] for _ in codes] + [session.run("3")["reply"]["status"]]


def main():
    session = Session(sys.argv[1])
    try:
        print(json.dumps(globals()[sys.argv[2]](session)))
    finally:
        session.client.stop_channels()
        session.manager.shutdown_kernel()


main()
