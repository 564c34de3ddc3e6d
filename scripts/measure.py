#!/usr/bin/env python3
"""Generates books of N examples and measures what `check` and `build` take for them, and what others take.

    cargo build --release
    python3 scripts/measure.py [--n 100,1000,10000] [--runs 3] [--binary PATH] [--keep DIR]
                               [--node NODE] [--deno DENO] [--most 1000]
    python3 scripts/measure.py --steps [--runs 3] [--binary PATH]

The examples are small and varied (prints, objects, errors, promises, classes), every claim in them holds, and each has
a number of its own, so that no two are the same program. Ten make a chapter.

Printed for each command: CPU and wall-clock milliseconds per example (the run with the least CPU, for the machine may
be busy with something else), the peak memory in MiB (the highest of all runs), and with `--node` or `--deno` how many
times the CPU and the wall clock of a cold `check` the others take, all of the same run of this script:

- `node`: one process of Node.js for each example, one after another, and `node, together`: as many at a time as there are
  cores; its code is run, and nothing is checked. `deno`: `deno test --doc` over the chapters, without type checks. They get at most `--most` examples.
- `check, warm` finds all that it wants in the cache.
- CPU is user and system time by getrusage(RUSAGE_CHILDREN): the command and all its workers, because the command reaps
  them. The workers' own share is read from /proc while they live, a few milliseconds short; that it is not more than the
  whole shows that none was left out.
- Memory is the sum of PSS over the command and its workers, sampled every 20 ms: pages that processes share count once.

With `--steps` it is measured what a stepper costs: for each kind of example a hundred of them, with `steps` behind their
fences and without; the difference of the CPU of `check --no-cache`, per example, is what it takes to instrument, to trace
and to draw.

Linux only; the standard library only.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

EXAMPLES_A_CHAPTER = 10
SAMPLE_EVERY = 0.02
TICK = os.sysconf("SC_CLK_TCK")

# `{n}` is the example's number; its doubled braces are braces.
EXAMPLES = [
    """\
const price = {n};
console.log(price + 1); // => {next}
price * 2; // => {double}
```
""",
    """\
const song = {{ title: 'Alias {n}', genre: 'Rock', tags: ['a', 'b'] }};
song; // => {{ title: 'Alias {n}', genre: 'Rock', tags: [ 'a', 'b' ] }}
Object.keys(song).length; // => 3
```
""",
    """\
const read = (text) => JSON.parse(text);
read('{n}'); // => {n}
null.length; // throws TypeError
throw new RangeError('no {n}'); // throws RangeError: no {n}
```
""",
    """\
const later = async (value) => {{
  await null;
  return value;
}};
setTimeout(() => console.log('timer'), 10);
later({n}).then((value) => console.log(value));
console.log('first');
```

```output
first
{n}
timer
```
""",
    """\
class Playlist {{
  #songs = [];

  add(title) {{
    this.#songs.push(title);
    return this;
  }}

  get size() {{
    return this.#songs.length;
  }}
}}

const list = new Playlist().add('Echo').add('Alias {n}');
list.size; // => 2
list instanceof Playlist; // => true
```
""",
    """\
const numbers = [{n}, 2, 3].map((value) => value * 2);
numbers; // => [ {double}, 4, 6 ]
for (const [name, value] of Object.entries({{ a: 1, b: 2 }})) {{
  console.log(`${{name}}: ${{value}}`);
}}
```

```output
a: 1
b: 2
```
""",
    """\
exports.number = {n};
exports.double = (value) => value * 2;

exports.double({n}); // => {double}
new Map([['key', exports.number]]); // => Map(1) {{ 'key' => {n} }}
```
""",
    """\
function* count(from) {{
  for (let at = from; ; at += 1) yield at;
}}

const counter = count({n});
counter.next(); // => {{ value: {n}, done: false }}
counter.next().value; // => {next}
[...'abc'].reverse().join(''); // => 'cba'
```
""",
]


def write_book(folder, count, examples=EXAMPLES, info="js"):
    source = folder / "src"
    source.mkdir(parents=True)
    (folder / "book.toml").write_text(
        '[book]\ntitle = "Measured"\n\n[build]\nbuild-dir = "site"\n\n'
        '[preprocessor.galley]\nbefore = ["links"]\n'
    )
    summary = ["# Summary", ""]
    for first in range(0, count, EXAMPLES_A_CHAPTER):
        name = f"chapter-{first // EXAMPLES_A_CHAPTER + 1}.md"
        summary.append(f"- [Examples from {first}]({name})")
        lines = [f"# Examples from {first}", ""]
        for n in range(first, min(first + EXAMPLES_A_CHAPTER, count)):
            example = examples[n % len(examples)].format(n=n, next=n + 1, double=n * 2)
            lines += [f"## Number {n}", "", "A few words that *lead* to the `code`:", "", f"```{info}\n{example}"]
        (source / name).write_text("\n".join(lines))
    (source / "SUMMARY.md").write_text("\n".join(summary) + "\n")


class Sampler(threading.Thread):
    """Watches a process and its descendants until it is told to stop."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root = root
        self.over = threading.Event()
        self.peak_kib = 0
        self.peak_processes = 0
        self.worker_ticks = {}

    def run(self):
        while not self.over.wait(SAMPLE_EVERY):
            kib, processes = 0, 0
            for pid in self.tree(self.root):
                try:
                    kib += self.pss(pid)
                    processes += 1
                    if pid != self.root:
                        self.worker_ticks[pid] = self.ticks(pid)
                except OSError:
                    continue  # It has ended.
            self.peak_kib = max(self.peak_kib, kib)
            self.peak_processes = max(self.peak_processes, processes)

    def tree(self, pid):
        yield pid
        try:
            tasks = os.listdir(f"/proc/{pid}/task")
        except OSError:
            return
        for task in tasks:
            try:
                children = pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text()
            except OSError:
                continue
            for child in children.split():
                yield from self.tree(int(child))

    @staticmethod
    def pss(pid):
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
        return 0

    @staticmethod
    def ticks(pid):
        # The name in parentheses may hold anything; user and system time are fields 14 and 15.
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(command, environment=None, codes=(0,)):
    """(CPU seconds, wall seconds, the sampler)"""
    cpu, started = cpu_of_children(), time.perf_counter()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        sampler = Sampler(child.pid)
        sampler.start()
        code = child.wait()
        wall = time.perf_counter() - started
        sampler.over.set()
        sampler.join()
        if code not in codes:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace")[-4000:])
            sys.exit(f"{' '.join(map(str, command))} ended with {code}")
    return cpu_of_children() - cpu, wall, sampler


def examples_of(folder):
    """The code of every example, as a file of its own for a process of its own."""
    files = []
    for chapter in sorted((folder / "src").glob("chapter-*.md")):
        blocks = chapter.read_text().split("```js\n")[1:]
        for number, block in enumerate(blocks):
            file = folder / f"{chapter.stem}-{number}.js"
            file.write_text(block.split("```")[0])
            files.append(file)
    return files


def one_process_each(node, files, together):
    """A command that runs every file in a process of its own, so many at a time."""
    listing = files[0].parent / "files.txt"
    listing.write_text("\0".join(map(str, files)))
    # What is thrown on purpose ends a process with 1.
    script = f'xargs -0 -n 1 -P {together} "$0" < "$1" > /dev/null 2>&1; exit 0'
    return ["sh", "-c", script, str(node), str(listing)]


def rows_of(book, options, binary, count):
    """(name, command, environment, codes that are no failure)"""
    own = {"GALLEY_CACHE_DIR": str(book.parent / "cache")}
    rows = [
        ("check", [binary, "check", "--no-cache", book], None, {0}),
        ("check, warm", [binary, "check", book], own, {0}),
        ("build", [binary, "build", "--no-cache", book], None, {0}),
        ("build, warm", [binary, "build", book], own, {0}),
    ]
    if options.node and count <= options.most:
        files = examples_of(book)
        rows.append(("node", one_process_each(options.node, files, 1), None, {0}))
        rows.append(("node, together", one_process_each(options.node, files, os.cpu_count()), None, {0}))
    if options.deno and count <= options.most:
        chapters = sorted((book / "src").glob("chapter-*.md"))
        command = [options.deno, "test", "--doc", "--no-check", "--parallel", "--quiet", *chapters]
        rows.append(("deno", command, {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"}, {0, 1}))
    return rows


def measure_book(options, binary, count, folder):
    book = folder / "book"
    write_book(book, count)
    print(f"\n{count} examples, {os.cpu_count()} cores, {options.runs} runs")
    print(
        f"{'':15}{'CPU ms/example':>16}{'of it workers':>15}{'wall ms/example':>17}{'wall s':>9}"
        f"{'peak MiB':>10}{'processes':>11}{'CPU ratio':>11}{'wall ratio':>12}"
    )
    cold = None
    for name, command, environment, codes in rows_of(book, options, binary, count):
        if "warm" in name:
            measure(command, environment, codes)
        runs = [measure(command, environment, codes) for _ in range(options.runs)]
        cpu, wall, best = min(runs, key=lambda run: run[0])
        cold = cold or (cpu, wall)
        workers = sum(best.worker_ticks.values()) / TICK
        peak = max(run[2].peak_kib for run in runs) / 1024
        print(
            f"{name:15}{cpu * 1000 / count:16.2f}{workers * 1000 / count:15.2f}"
            f"{wall * 1000 / count:17.2f}{wall:9.2f}{peak:10.0f}{best.peak_processes:11}"
            f"{cpu / cold[0]:11.2f}{wall / cold[1]:12.2f}",
            flush=True,
        )
        if workers > cpu + 0.05:
            sys.exit("the workers' time is not in the command's: it did not reap them")


def measure_steps(options, binary):
    """What the stepper of an example costs, by kind of example."""
    count = 100
    print(f"\nsteppers, {count} of each kind of example, {options.runs} runs: CPU milliseconds of one")
    costs = []
    for number, example in enumerate(EXAMPLES, 1):
        with tempfile.TemporaryDirectory(prefix="galley-measure-") as temporary:
            cpu = []
            for name, info in (("plain", "js"), ("stepped", "js steps")):
                book = pathlib.Path(temporary) / name
                write_book(book, count, [example], info)
                runs = [measure([binary, "check", "--no-cache", book])[0] for _ in range(options.runs)]
                cpu.append(min(runs) * 1000 / count)
        costs.append(cpu[1] - cpu[0])
        print(f"example {number}: {costs[-1]:5.1f} (plain {cpu[0]:.1f}, with its stepper {cpu[1]:.1f})", flush=True)
    print(f"median: {statistics.median(costs):.1f}")


def main():
    project = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", default="1000", help="examples in the book, or several such numbers (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (default: %(default)s)")
    parser.add_argument("--binary", type=pathlib.Path, default=project / "target/release/mdbook-galley")
    parser.add_argument("--node", type=pathlib.Path, help="a Node.js binary to compare with")
    parser.add_argument("--deno", type=pathlib.Path, help="a Deno binary to compare with")
    parser.add_argument("--most", type=int, default=1000, help="examples that the others get at most (default: %(default)s)")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="generate the book into DIR and leave it there")
    parser.add_argument("--steps", action="store_true", help="measure what steppers cost, and nothing else")
    options = parser.parse_args()
    binary = options.binary.resolve()
    if not binary.is_file():
        sys.exit(f"there is no {binary}: run `cargo build --release`, or name one with --binary")
    try:
        counts = [int(count) for count in options.n.split(",")]
    except ValueError:
        sys.exit(f"--n {options.n}: numbers with commas between them are wanted")
    if min(counts) < 1 or options.runs < 1:
        sys.exit("--n and --runs are at least 1")
    if options.keep:
        if options.keep.exists() or len(counts) > 1:
            sys.exit(f"--keep wants one --n, and a folder that is not there yet ({options.keep})")
        write_book(options.keep, counts[0])
        return
    if options.steps:
        measure_steps(options, binary)
        return
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="galley-measure-") as temporary:
            measure_book(options, binary, count, pathlib.Path(temporary))


if __name__ == "__main__":
    main()
