namespace Polytask;

/// <summary>The two census sets of the UCI repository as tables: their columns, and which of them would give a label away.</summary>
internal static class Census
{
    private static readonly string[] AdultColumns =
    [
        "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex", "capital-gain",
        "capital-loss", "hours-per-week", "native-country", "income",
    ];

    private static readonly string[] KddColumns =
    [
        "age", "class_worker", "det_ind_code", "det_occ_code", "education", "wage_per_hour", "hs_college", "marital_stat", "major_ind_code",
        "major_occ_code", "race", "hisp_origin", "sex", "union_member", "unemp_reason", "full_or_part_emp", "capital_gains", "capital_losses",
        "stock_dividends", "tax_filer_stat", "region_prev_res", "state_prev_res", "det_hh_fam_stat", "det_hh_summ", "instance_weight", "mig_chg_msa",
        "mig_chg_reg", "mig_move_reg", "mig_same", "mig_prev_sunbelt", "num_emp", "fam_under_18", "country_father", "country_mother", "country_self",
        "citizenship", "own_or_self", "vet_question", "vet_benefits", "weeks_worked", "year", "income_50k",
    ];

    private static readonly string[] KddNumbers =
        ["age", "wage_per_hour", "capital_gains", "capital_losses", "stock_dividends", "num_emp", "weeks_worked"];

    public static CsvTable AdultTable(string train, string test) => Joined(AdultColumns, ", ", "|", train, test, row =>
    {
        row[^1] = row[^1].TrimEnd('.'); // the test file ends its labels with a full stop
        return row;
    });

    public static CsvTable KddTable(string train, string test) => Joined(KddColumns, ",", null, train, test, row => row);

    public static TabularSource Adult(CsvTable table, bool isFour)
    {
        var four = table.With("full-time", table["hours-per-week"].Select(hours => int.Parse(hours) >= 35 ? "yes" : "no"))
            .With("college", table["education-num"].Select(years => int.Parse(years) >= 13 ? "yes" : "no"));
        return TabularSource.FromTable(isFour ? four : table, name: "adult", missing: ["?"],
            inputs:
            [
                Column.Numeric("age"), Column.Category("workclass"), Column.Category("occupation"), Column.Category("race"), Column.Category("sex"),
                Column.Numeric("capital-gain"), Column.Numeric("capital-loss"), Column.Category("native-country"),
                Column.Dropped("fnlwgt", "the survey's weight of the row, no fact about the person"),
                Column.Dropped("relationship", "states never-married: husbands and wives are or were married"),
                Column.Dropped("education", "the same as education-num, in words"),
                isFour ? Column.Dropped("education-num", "states college") : Column.Numeric("education-num"),
                isFour ? Column.Dropped("hours-per-week", "states full-time") : Column.Numeric("hours-per-week"),
                Column.Dropped("part", "training or test, as the data came"),
            ],
            targets:
            [
                Target.Binary("income", ">50K").Shown("up to $50,000", "above $50,000"),
                Target.Binary("marital-status", "Never-married").Shown("was or is married", "never married").Named("never-married"),
                .. isFour ? [Target.Binary("full-time", "yes"), Target.Binary("college", "yes")] : Array.Empty<Target>(),
            ]).SplitBy(Splitting.Official("part", train: "train", test: "test"));
    }

    public static TabularSource Kdd(CsvTable table)
    {
        var dropped = new Dictionary<string, string>
        {
            ["instance_weight"] = "the survey's weight of the row, no fact about the person",
            ["tax_filer_stat"] = "states never-married: joint returns are those of couples",
            ["det_hh_fam_stat"] = "states never-married: 'Spouse of householder' and others",
            ["det_hh_summ"] = "states never-married: 'Spouse of householder' and others",
            ["part"] = "training or test, as the data came",
        };
        return TabularSource.FromTable(table, name: "census_income_kdd",
            inputs: [.. KddColumns.Append("part").Except(["marital_stat", "income_50k"]).Select(name =>
                dropped.TryGetValue(name, out var reason) ? Column.Dropped(name, reason)
                : KddNumbers.Contains(name) ? Column.Numeric(name) : Column.Category(name))],
            targets:
            [
                Target.Binary("income_50k", "50000+.").Shown("up to $50,000", "above $50,000").Named("income"),
                Target.Binary("marital_stat", "Never married").Shown("was or is married", "never married").Named("never-married"),
            ]).SplitBy(Splitting.Official("part", train: "train", test: "test"));
    }

    private static CsvTable Joined(string[] columns, string separator, string? comment, string train, string test, Func<string[], string[]> mended)
    {
        List<string[]> Part(string path, string part) => [.. DataFile.Reading(path, stream =>
            DelimitedText.Rows(path, new StreamReader(stream), separator, columns.Length, comment)).Select(row => (string[])[.. mended(row), part])];
        return CsvTable.Of(train, [.. columns, "part"], [.. Part(train, "train"), .. Part(test, "test")]);
    }
}
