using System.Globalization;
using System.Text;

namespace Polytask;

/// <summary>MovieLens's ratings as a table: who rated what, and what is known of both.</summary>
internal static class MovieLens
{
    /// <summary>Of ml-100k.zip: u.data (user, item, rating, time between tabs), u.user and u.item (between bars).</summary>
    public static CsvTable Small(string archive)
    {
        var users = Of(archive, "ml-100k/u.user", "|", 5).ToDictionary(row => row[0]);
        var films = Of(archive, "ml-100k/u.item", "|", 24).ToDictionary(row => row[0]);
        return CsvTable.Of(archive, Columns, [.. Of(archive, "ml-100k/u.data", "\t", 4).Select(row =>
        {
            var (user, film) = (Known(archive, users, row[0], "user"), Known(archive, films, row[1], "film"));
            return (string[])[row[0], row[1], row[2], user[2], user[1], user[3], Year(film[1])];
        })]);
    }

    /// <summary>Of ml-1m.zip: ratings.dat, users.dat and movies.dat, between double colons, in Latin 1.</summary>
    public static CsvTable Large(string archive)
    {
        var users = Of(archive, "ml-1m/users.dat", "::", 5).ToDictionary(row => row[0]);
        var films = Of(archive, "ml-1m/movies.dat", "::", 3).ToDictionary(row => row[0]);
        return CsvTable.Of(archive, Columns, [.. Of(archive, "ml-1m/ratings.dat", "::", 4).Select(row =>
        {
            var (user, film) = (Known(archive, users, row[0], "user"), Known(archive, films, row[1], "film"));
            return (string[])[row[0], row[1], row[2], user[1], user[2], user[3], Year(film[1])];
        })]);
    }

    private static string[] Columns => ["user", "film", "rating", "gender", "age", "occupation", "year"];

    // Categories as codes: a feature per user and film would be thousands of columns.
    public static TabularSource Source(CsvTable table, string name) =>
        TabularSource.FromTable(table.With("liked", table["rating"].Select(rating => int.Parse(rating) >= 4 ? "yes" : "no")), name: name,
            inputs:
            [
                Column.Category("user"), Column.Category("film"), Column.Category("gender"), Column.Numeric("age"), Column.Category("occupation"),
                Column.Numeric("year").Unmarked(),
            ],
            targets: [Target.Number("rating").Unscaled(), Target.Binary("liked", "yes")]).Embedded();

    /// <summary>Of movielens.csv: movieId, title, year, genres (between bars), userId, rating, timestamp; a row per rating.</summary>
    public static TabularSource LatestSmall(CsvTable table) => TabularSource.FromTable(
        table.With("liked", table["rating"].Select(rating => double.Parse(rating, CultureInfo.InvariantCulture) >= 4 ? "yes" : "no"))
            .With("genre", table["genres"].Select(genres => genres.Split('|')[0] is var first && first.StartsWith('(') ? "" : first)),
        name: "movielens-latest-small",
        inputs: [Column.Category("userId"), Column.Category("movieId"), Column.Numeric("year").Unmarked()],
        targets: [Target.Number("rating").Unscaled(), Target.Binary("liked", "yes"), Target.Classes("genre")]).Embedded();

    private static List<string[]> Of(string archive, string file, string separator, int columns) => ArchiveFile.FromZip(archive, file, stream =>
        DelimitedText.Rows($"{archive}: {file}", new StreamReader(stream, Encoding.Latin1), separator, columns));

    private static string[] Known(string archive, Dictionary<string, string[]> all, string number, string what) =>
        all.TryGetValue(number, out var row)
        ? row
        : throw new DataException($"'{archive}': a rating names the {what} {number}, of whom nothing is said; the archive is damaged");

    // "Toy Story (1995)": the last brackets; a title without a year has none.
    private static string Year(string title) =>
        title.LastIndexOf('(') is var open and >= 0 && title[open..] is [_, .. { Length: 4 } year, ')'] && year.All(char.IsAsciiDigit)
            ? year
            : "";
}
