using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace TorchSharp.Generator;

/// <summary>
/// A parameter of a row: its C# type and name, its name in the static function, libtorch's name for it, its default and whether it
/// is in the optional tail.
/// </summary>
internal sealed class Parameter
{
    public Parameter(string type, string name, string staticName, string native, string? fallback, bool isTail)
    {
        Type = type;
        Name = name;
        StaticName = staticName;
        Native = native;
        Default = fallback;
        IsTail = isTail;
    }

    public string Type { get; }

    public string Name { get; }

    public string StaticName { get; }

    public string Native { get; }

    public string? Default { get; }

    public bool IsTail { get; }

    public bool IsParams => Type.StartsWith("params ", StringComparison.Ordinal);

    public string PlainType => IsParams ? Type.Substring("params ".Length) : Type;
}

/// <summary>One line of the table, read. The format is described at the top of core.operators.txt.</summary>
internal sealed class OperatorRow
{
    private OperatorRow(string native, string overload, string[] places, string name, List<Parameter> parameters, string returns)
    {
        Native = native;
        Overload = overload;
        Places = places;
        Name = name;
        Parameters = parameters;
        Returns = returns;
    }

    public string Native { get; }

    public string Overload { get; }

    public string[] Places { get; }

    public string Name { get; }

    public List<Parameter> Parameters { get; }

    /// <summary>As the row has it: names of results may differ between the method and the static function, which follows a slash.</summary>
    private string Returns { get; }

    /// <summary>The type of the result: of the method, or of the static function and the internal call.</summary>
    public string Result(bool isMethod) => Regex.Replace(Returns, @"(\w+)/(\w+)", isMethod ? "$1" : "$2");

    /// <summary>torch.special repeats names that torch has for other operators.</summary>
    public string InternalName => Places.Contains("special") ? "special_" + Name : Name;

    public bool IsInPlace => Native.EndsWith("_", StringComparison.Ordinal) && !Native.StartsWith("__", StringComparison.Ordinal);

    public OperatorRow InPlaceTwin() => new(Native + "_", Overload, Places.Where(p => p != "inplace").ToArray(), Name + "_", Parameters, "Tensor");

    /// <summary>Reads a line; null for an empty line or a comment.</summary>
    /// <exception cref="FormatException">with what is wrong with the line</exception>
    public static OperatorRow? Read(string line)
    {
        line = line.Trim();
        if (line.Length == 0 || line[0] == '#') return null;
        var cells = line.Split('|').Select(c => c.Trim()).ToArray();
        if (cells.Length != 3) throw new FormatException("expected three cells: native name | places | signature");
        var dot = cells[0].IndexOf('.');
        var native = dot < 0 ? cells[0] : cells[0].Substring(0, dot);
        var overload = dot < 0 ? "" : cells[0].Substring(dot + 1);
        var places = cells[1].Split([' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var place in places)
            if (place is not ("method" or "torch" or "inplace" or "linalg" or "special" or "factory" or "new"))
                throw new FormatException($"'{place}' is not a place: method, torch, inplace, linalg, special, factory or new");
        var signature = cells[2];
        var open = signature.IndexOf('(');
        var returns = "Tensor";
        var arrow = signature.LastIndexOf("->", StringComparison.Ordinal);
        if (arrow >= 0)
        {
            returns = signature.Substring(arrow + 2).Trim();
            signature = signature.Substring(0, arrow).Trim();
        }
        if (open < 0 || !signature.EndsWith(")", StringComparison.Ordinal)) throw new FormatException("the signature needs parentheses");
        var name = signature.Substring(0, open).Trim();
        var inside = signature.Substring(open + 1, signature.Length - open - 2);
        var parameters = new List<Parameter>();
        foreach (var piece in inside.Split([','], StringSplitOptions.RemoveEmptyEntries))
            parameters.Add(ReadParameter(piece.Trim(), parameters.Count));
        return new OperatorRow(native, overload, places, name, parameters, returns);
    }

    private static Parameter ReadParameter(string text, int position)
    {
        var isTail = text.StartsWith("~", StringComparison.Ordinal);
        if (isTail) text = text.Substring(1);
        string? fallback = null;
        var equals = text.IndexOf('=');
        if (equals >= 0)
        {
            fallback = text.Substring(equals + 1).Trim();
            text = text.Substring(0, equals).Trim();
        }
        var space = text.LastIndexOf(' ');
        if (space < 0) throw new FormatException($"'{text}' needs a type and a name");
        var type = text.Substring(0, space).Trim();
        var name = text.Substring(space + 1);
        var colon = name.IndexOf(':');
        var native = name;
        if (colon >= 0)
        {
            native = name.Substring(colon + 1);
            name = name.Substring(0, colon);
        }
        else if (position == 0 && type == "Tensor")
        {
            native = "#0";
        }
        var slash = name.IndexOf('/');
        var staticName = name.Substring(slash + 1);
        if (slash >= 0)
        {
            if (native == name) native = name.Substring(0, slash);
            name = name.Substring(0, slash);
        }
        return new Parameter(type, name, staticName, native, fallback, isTail);
    }
}
