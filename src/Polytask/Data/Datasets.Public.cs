namespace Polytask;

/// <content>
/// Public sets that are not in the repository: fetched when they are first asked for, and kept (see <see cref="DatasetDownload"/>).
/// </content>
public static partial class Datasets
{
    /// <summary>
    /// Adult (Becker and Kohavi, UCI, 1996): 48,842 people of the census of 1994, with its own split of 32,561 and 16,281. Tasks: <c>income</c>,
    /// above $50,000 a year; <c>never-married</c>. Left out: the marital status (the label) and the relationship, which states it.
    /// </summary>
    /// <exception cref="DataException">The files cannot be fetched; the message says how to put them there by hand.</exception>
    public static TabularSource Adult() => Census.Adult(AdultTable(), isFour: false);

    /// <summary>The same people as four tasks: <c>income</c>, <c>never-married</c>, <c>full-time</c> (35 hours a week and more) and <c>college</c> (a
    /// bachelor's degree or more); hours and education are no inputs then.</summary>
    /// <exception cref="DataException">As in <see cref="Adult"/>.</exception>
    public static TabularSource AdultTasks() => Census.Adult(AdultTable(), isFour: true);

    private static CsvTable AdultTable()
    {
        var files = PublicSets.Fetched("Adult");
        return Census.AdultTable(files[0], files[1]);
    }

    /// <summary>
    /// Census-Income (KDD) (UCI, 2000): 299,285 people of the surveys of 1994 and 1995, with its own split of 199,523 and 99,762. Tasks:
    /// <c>income</c>, above $50,000 a year; <c>never-married</c>. Left out: the row's weight, the marital status (the label), and the tax and
    /// household columns, which state it. Categories are codes (<see cref="TabularSource.Embedded"/>).
    /// </summary>
    /// <exception cref="DataException">The files cannot be fetched; the message says how to put them there by hand.</exception>
    public static TabularSource CensusIncome()
    {
        var files = PublicSets.Fetched("CensusIncome");
        return Census.Kdd(Census.KddTable(files[0], files[1])).Embedded();
    }

    /// <summary>
    /// MovieLens 100K (Harper and Konstan, "The MovieLens datasets", 2015): 100,000 ratings of 1,682 films by 943 people. Tasks: <c>rating</c> (1 to
    /// 5, a number) and <c>liked</c> (4 or 5). Inputs as codes: user, film, gender, age, occupation, the film's year. For research, not to be passed
    /// on: see its licence.
    /// </summary>
    /// <exception cref="DataException">The file cannot be fetched; the message says how to put it there by hand.</exception>
    public static TabularSource MovieLens100K() =>
        MovieLens.Source(MovieLens.Small(PublicSets.Fetched("MovieLens100K")[0]), "movielens-100k");

    /// <summary>MovieLens 1M: 1,000,209 ratings of 3,706 films by 6,040 people; tasks and inputs as in <see cref="MovieLens100K"/>, the age in the
    /// seven brackets of the survey.</summary>
    /// <exception cref="DataException">The file cannot be fetched; the message says how to put it there by hand.</exception>
    public static TabularSource MovieLens1M() =>
        MovieLens.Source(MovieLens.Large(PublicSets.Fetched("MovieLens1M")[0]), "movielens-1m");

    /// <summary>
    /// MovieLens, latest small, as R's package dslabs has it: 100,004 ratings of 9,066 films by 671 people. Tasks: <c>rating</c> (0.5 to 5, a number),
    /// <c>liked</c> (4 and more), <c>genre</c> (the first that is named). Inputs as codes: user, film, the film's year. For research, not to be passed on.
    /// </summary>
    /// <exception cref="DataException">The file is not there; the message says how to put it there.</exception>
    public static TabularSource MovieLensSmall() => MovieLens.LatestSmall(CsvTable.Read(PublicSets.Fetched("MovieLensSmall")[0]));

    /// <summary>QM9: 133,885 small organic molecules with geometry and 15 computed properties, in the order of their numbers.</summary>
    /// <exception cref="DataException">The file cannot be fetched; the message says how to put it there by hand.</exception>
    public static IReadOnlyList<Molecule> Qm9() => Qm9(PublicSets.Fetched("Qm9")[0]);

    internal static IReadOnlyList<Molecule> Qm9(string archive) => [.. ArchiveFile.FromTar(archive,
        name => name.EndsWith(".xyz", StringComparison.Ordinal),
        (name, stream) => Molecule.Read($"{archive}: {name}", new StreamReader(stream, leaveOpen: true))).OrderBy(molecule => molecule.Number)];
}
