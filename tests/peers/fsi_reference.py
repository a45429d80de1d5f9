"""What F# Interactive prints for values: writes tests/Polytask.Notebooks.Tests/Reference/fsi.json.

Run by hand (python3 tests/peers/fsi_reference.py, .NET SDK 10.0.401) when the list below grows. Printed values lose their place after
"val it: type = ", to which FSI aligns the lines that follow the first.
"""

import json
import pathlib
import subprocess

SOURCES = [
    "1 + 1", "3.0", "2.5f", "1.5m", "10L", "'c'", '"text"', '"two\\nlines"', "true", "[1; 2; 3]", "[|1..200|]", "seq { 1..200 }",
    '(1, "a", 2.0)', "struct (1, 2)", "Some 3", "(None: int option)", 'Some (Some "x")', "(Ok 3: Result<int, string>)",
    '{| A = 1; B = "x" |}', "type Point = { X: int; Y: string list }", '{ X = 1; Y = ["a"; "b"] }', "[for i in 1..3 -> { X = i; Y = [string i] }]",
    "type Shape =\n    | Circle of radius: float\n    | Square of side: float * Point\n    | Nothing",
    "[Circle 2.0; Square (1.0, { X = 1; Y = [] }); Nothing]", "Nothing", "fun x -> x + 1", "fun x y -> x + y + 1.0",
    'Map.ofList [(1, "a"); (2, "b")]', "set [3; 1; 2]", "dict [(1, 2)]", "array2D [[1; 2]; [3; 4]]", "[1.0; nan; infinity]", "ValueSome 1",
    "(null: string)", "typeof<int>", 'System.Text.StringBuilder("abc")', "box 5", "System.TimeSpan.FromSeconds 90.0", "[Some 1; None]",
    "let f x = x + 1", "let y = 5", "()", "[(1, Some { X = 2; Y = [] })]", "System.Collections.Generic.List [1; 2]",
    "lazy (1 + 1)", "(Choice1Of2 1: Choice<int, string>)",
    "System.DayOfWeek.Monday", "1.0e-20", "1uy", "123456789.123", "Array.zeroCreate<float> 3", "let rec fact n = if n < 2 then 1 else n * fact (n - 1)", "fact 10",
]


def dedent(text):
    signature, equals, value = text.partition(" =")
    if not equals or not signature.startswith("val it: "):
        return text[len("val it: "):] if text.startswith("val it: ") else None
    # The first " =" may belong to the type of an anonymous record, never to what is listed above.
    lines = (text[len(signature) + len(" ="):]).split("\n")
    if lines[0].strip() == "":
        lines = lines[1:]
        column = len(lines[0]) - len(lines[0].lstrip())
        return "\n".join(line[column:] for line in lines)
    column = len(signature) + len(" = ")
    first = lines[0][1:]
    # Inside a text, line breaks are the text's own.
    return "\n".join([first] + [line[column:] if line[:column].strip() == "" and len(line) > column else line for line in lines[1:]])


def main():
    script = "fsi.ShowProperties <- false;;\n" + "".join(f'printfn "%s" "@@{i}";;\n{source};;\n' for i, source in enumerate(SOURCES))
    run = subprocess.run(["dotnet", "fsi", "--nologo"], input=script, capture_output=True, text=True, check=False)
    values = []
    for i, source in enumerate(SOURCES):
        after = run.stdout.split(f"@@{i}\n")[1].split("\n> @@")[0].removesuffix("\n\n> ")
        blocks = [b for b in after.split("\n> ") if not b.startswith("val it: unit = ()")]
        printed = dedent("\n> ".join(blocks).strip("\n").removeprefix("> ").removeprefix("val it: unit = ()\n\n> ")) if blocks else None
        values.append({"source": source, "printed": printed})
    target = pathlib.Path(__file__).parent.parent / "Polytask.Notebooks.Tests" / "Reference" / "fsi.json"
    target.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


main()
