using System.Globalization;

namespace Polytask;

/// <summary>
/// A molecule of QM9 (Ramakrishnan, Dral, Rupp and von Lilienfeld, "Quantum chemistry structures and properties of 134 kilo molecules", Scientific
/// Data 1, 2014), read from its file in the authors' extended xyz form.
/// </summary>
/// <param name="Number">Its number in GDB-9.</param>
/// <param name="Elements">The symbol of each atom.</param>
/// <param name="Positions">Where each atom is, in Ångström, [atoms][3].</param>
/// <param name="Charges">Mulliken's partial charge of each atom, in units of e.</param>
/// <param name="Properties">The values of <see cref="PropertyNames"/>.</param>
/// <param name="Smiles">The molecule as a string, from the relaxed geometry.</param>
public sealed record Molecule(
    int Number, IReadOnlyList<string> Elements, IReadOnlyList<double[]> Positions, IReadOnlyList<double> Charges, IReadOnlyList<double> Properties,
    string Smiles)
{
    /// <summary>
    /// The properties in their order: rotational constants A, B, C (GHz), dipole moment mu (Debye), polarisability alpha (Bohr³), energies of the
    /// highest occupied and lowest unoccupied orbital and their gap (Hartree), spatial extent r2 (Bohr²), zero-point energy (Hartree), inner energy
    /// at 0 K and 298 K, enthalpy and free energy at 298 K (Hartree), heat capacity (cal / (mol K)).
    /// </summary>
    public static IReadOnlyList<string> PropertyNames { get; } =
        ["A", "B", "C", "mu", "alpha", "homo", "lumo", "gap", "r2", "zpve", "U0", "U", "H", "G", "Cv"];

    /// <summary>The value of a property.</summary>
    /// <exception cref="DataException">There is no such property.</exception>
    public double this[string property] => PropertyNames.ToList().IndexOf(property) is var at and >= 0
        ? Properties[at]
        : throw new DataException($"molecules have no property '{property}'; they have {Names.Listed(PropertyNames)}");

    /// <summary>Reads a file: the number of atoms, the properties, a line per atom, the frequencies, the SMILES, the InChI.</summary>
    /// <exception cref="DataException">The file has another form; the message names the line.</exception>
    internal static Molecule Read(string path, TextReader text)
    {
        var line = 0;
        string[] Next(int cells, char[] separators)
        {
            line++;
            var found = text.ReadLine()?.Split(separators, StringSplitOptions.RemoveEmptyEntries) ?? [];
            return found.Length >= cells ? found : throw new DataException($"'{path}', line {line}: {found.Length} values, but {cells} are needed");
        }
        // Mathematica's way to write powers of ten.
        double Number(string cell) => double.TryParse(cell.Replace("*^", "e"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new DataException($"'{path}', line {line}: '{cell}' is not a number");
        char[] tabs = ['\t'], any = ['\t', ' '];
        var atoms = (int)Number(Next(1, any)[0]);
        if (atoms is < 1 or > 1000) throw new DataException($"'{path}', line 1: {atoms} atoms; the file is damaged");
        var head = Next(2 + PropertyNames.Count, any);
        double[] properties = [.. head[2..(2 + PropertyNames.Count)].Select(Number)];
        var number = (int)Number(head[1]);
        var rows = Enumerable.Range(0, atoms).Select(_ =>
        {
            var cells = Next(5, any);
            return (Element: cells[0], Position: cells[1..4].Select(Number).ToArray(), Charge: Number(cells[4]));
        }).ToArray();
        Next(1, any);
        var smiles = Next(2, tabs);
        return new(number, [.. rows.Select(row => row.Element)], [.. rows.Select(row => row.Position)], [.. rows.Select(row => row.Charge)],
            properties, smiles[1].Trim());
    }
}
