"""The instructor's side: grade a class safely, in parallel, with nothing lost.

nbgrader stays the instructor's tool: its gradebook, its Formgrader, its exports. This package
takes the place of ``nbgrader autograde`` and ``generate_feedback``, which run strangers' code with
the instructor's rights and stop at the first odd notebook.

A submission goes through these rooms, each knowing only those before it:

- `release`: what a lesson asks for, as the gradebook holds it.
- `repair`: a handed-in file becomes a notebook with every graded cell of the release once.
- `wire`: plain data between two processes, and nothing but plain data.
- `sandbox`: the command that starts a process which sees and reaches nothing.
- `syscalls`: what the kernel refuses to it besides.
- `student`: inside of the sandbox, runs the student's cells and answers calls.
- `judge`: outside of it, runs the test cells; a student's function is a stand-in that calls.
- `jobs`: all of this for one submission: notebook in, scored notebook out.
- `workers`: many jobs at once, on this machine or by dask on others.
- `book`: results into nbgrader's gradebook and ``autograded/``.
- `feedback`, `export`, `report`, `ready`: what people read.
- `cli`: the command ``kquant``.
"""
