using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TorchSharp.Generator;

/// <summary>Writes the operator surface (methods of Tensor, functions of torch, and the internal Ops) from operators.txt.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OperatorGenerator : IIncrementalGenerator
{
#pragma warning disable RS2008 // one diagnostic of our own build needs no release tracking
    private static readonly DiagnosticDescriptor badRow = new(
        "OPS001", "Row of the operator table", "{0}: {1}", "Operators", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var tables = context.AdditionalTextsProvider.Where(text => Path.GetFileName(text.Path).EndsWith("operators.txt", StringComparison.Ordinal));
        context.RegisterSourceOutput(tables, Generate);
    }

    private static void Generate(SourceProductionContext context, AdditionalText table)
    {
        var text = table.GetText(context.CancellationToken);
        if (text is null) return;
        var rows = new List<OperatorRow>();
        foreach (var line in text.Lines)
        {
            try
            {
                if (OperatorRow.Read(line.ToString()) is not { } row) continue;
                rows.Add(row);
                if (Array.IndexOf(row.Places, "inplace") >= 0) rows.Add(row.InPlaceTwin());
            }
            catch (FormatException problem)
            {
                var location = Location.Create(table.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
                context.ReportDiagnostic(Diagnostic.Create(badRow, location, problem.Message, line.ToString()));
            }
        }
        var name = Path.GetFileNameWithoutExtension(table.Path);
        context.AddSource(name + ".g.cs", SourceText.From(new OperatorWriter(rows).Write(name), Encoding.UTF8));
    }
}
