using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

// Counts, cuts and moments are those that tests/peers/datasets_reference.py prints.
public class TablesTests
{
    public static readonly TheoryData<string, int, int, string> Declared = new()
    {
        { "LendingClub", 9857, 22, "bad 9340,517" },
        { "LendingClubGrades", 9857, 20, "bad 9340,517; rate; grade 1945,2954,2657,1240,720,266,75" },
        { "Churn", 7043, 19, "churn 5174,1869" },
        { "ChurnTasks", 7043, 9, "churn 5174,1869; contract 3875,1473,1695; internet 1526,2421,3096; charges" },
        { "Pima", 768, 8, "diabetes 500,268" },
        { "Cells", 2019, 56, "well 1300,719" },
        { "Spam", 4601, 57, "spam 2788,1813" },
        { "BreastCancer", 569, 30, "malignant 357,212" },
        { "Concrete", 1030, 8, "strength; strength class 206,206,206,206,206" },
        { "Diabetes", 442, 10, "progression; progression class 91,87,89,87,88" },
        { "LondonExam", 4059, 5, "exam" },
        { "HighSchool", 7185, 5, "maths" },
        {
            "Letters", 20000, 16, "letter 789,766,736,805,768,775,773,734,755,747,739,761,792,783,753,803,783,758,748,796,813,764,752,787,786,734; "
            + "vowel 16122,3878; late 9940,10060"
        },
        { "Tecator", 215, 100, "water; fat; protein" },
    };

    private static TabularSource Load(string name) => name switch
    {
        "LendingClub" => Datasets.LendingClub(),
        "LendingClubGrades" => Datasets.LendingClubGrades(),
        "Churn" => Datasets.Churn(),
        "ChurnTasks" => Datasets.ChurnTasks(),
        "Pima" => Datasets.Pima(),
        "Cells" => Datasets.Cells(),
        "Spam" => Datasets.Spam(),
        "BreastCancer" => Datasets.BreastCancer(),
        "Concrete" => Datasets.Concrete(),
        "Diabetes" => Datasets.Diabetes(),
        "LondonExam" => Datasets.LondonExam(),
        "HighSchool" => Datasets.HighSchool(),
        "Letters" => Datasets.Letters(),
        _ => Datasets.Tecator(),
    };

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_set_has_its_rows_inputs_and_class_balance(string name, int rows, int inputs, string balance)
    {
        using var scope = NewDisposeScope();
        var source = Load(name);
        Assert.Equal(rows, source.Rows);
        Assert.Equal(inputs, source.Columns.Count(column => column.Role == ColumnRole.Input));
        Assert.Equal(balance.Split("; ").Select(task => task.TrimEnd("0123456789,".ToCharArray()).TrimEnd()), source.Tasks);
        var splits = source.Split(0);
        Examples[] parts = [splits.Train, splits.Validation, splits.Test];
        Assert.Equal(rows, parts.Sum(part => part.Rows));
        foreach (var (task, expected) in source.Tasks.Zip(balance.Split("; ")))
        {
            var labels = parts.SelectMany(part => part.Target(task).to(ScalarType.Float64).data<double>().ToArray()).ToArray();
            Assert.DoesNotContain(double.NaN, labels);
            if (!expected.Any(char.IsDigit)) continue;
            var counts = expected.Split(' ')[^1].Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture));
            Assert.Equal(counts, labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
            Assert.Equal(source.Classes(task), counts.Count());
        }
        Assert.True(parts.All(part => part.Inputs(source.Tasks[0]).isfinite().all().item<bool>()));
    }

    [Theory]
    [InlineData("Pima", "glucose 5, pressure 35, triceps 227, insulin 374, mass 11", 8)] // unmarked
    [InlineData("Churn", "total_charges 11", 9 + 1 + 3 + 4 + 3 + 3 + 6 * 3)] // numbers, a mark, levels
    public void Missing_inputs_are_counted(string name, string missing, int features)
    {
        var source = Load(name);
        Assert.Equal(missing, string.Join(", ", source.Columns.Where(column => column.Missing > 0).Select(column => $"{column.Name} {column.Missing}")));
        Assert.Equal(features, source.Features);
    }

    // Moments of the raw columns; standardised labels are compared after undoing what the training rows say.
    [Theory]
    [InlineData("LendingClubGrades", "rate", "int_rate", 12.5265365, 4.89381113)]
    [InlineData("ChurnTasks", "charges", "monthly_charges", 64.7616925, 30.0879109)]
    [InlineData("Concrete", "strength", "compressive_strength", 35.8179612, 16.6976304)]
    [InlineData("Diabetes", "progression", "progression", 152.133484, 77.0057459)]
    [InlineData("HighSchool", "maths", "mAch", 12.7478526, 6.87776702)]
    [InlineData("Tecator", "fat", "fat", 18.1423256, 12.7106337)]
    public void Numbers_are_those_of_their_column_standardised_by_the_training_rows(string name, string task, string column, double mean, double deviation)
    {
        using var scope = NewDisposeScope();
        var source = Load(name);
        var (rows, splits) = (source.RowsOf(3), source.Split(3));
        double Raw(int row) => double.Parse(source.Table[column][row], CultureInfo.InvariantCulture);
        var all = Enumerable.Range(0, source.Rows).Select(Raw).ToArray();
        (double Mean, double Deviation) Moments(double[] values)
        {
            var average = values.Average();
            return (average, Math.Sqrt(values.Average(value => (value - average) * (value - average))));
        }
        Assert.Equal(mean, Moments(all).Mean, 1e-6);
        Assert.Equal(deviation, Moments(all).Deviation, 1e-6);
        var (centre, spread) = Moments([.. rows.Train.Select(Raw)]);
        var labels = splits.Test.Target(task).data<float>().ToArray();
        for (var i = 0; i < 20; i++) Assert.Equal((Raw(rows.Test[i]) - centre) / spread, labels[i], 1e-4);
        Assert.Equal(0, splits.Train.Target(task).mean().item<float>(), 1e-4);
    }

    [Fact]
    public void The_exam_and_its_inputs_are_left_as_they_are()
    {
        using var scope = NewDisposeScope();
        var exam = Datasets.LondonExam();
        Assert.Equal(["standLRT", "sex", "vr", "intake", "schavg"], exam.FeatureNames);
        var (rows, test) = (exam.RowsOf(0).Test, exam.Split(0).Test);
        double Cell(string column, int row) => double.Parse(exam.Table[column][row], CultureInfo.InvariantCulture);
        double Third(string text) => text switch { "bottom 25%" => -1, "mid 50%" => 0, "top 25%" => 1, _ => double.NaN };
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(Cell("normexam", rows[i]), test.Target("exam")[i].item<float>(), 1e-6);
            Assert.Equal(
                [(float)Cell("standLRT", rows[i]), exam.Table["sex"][rows[i]] == "M" ? 1 : -1, (float)Third(exam.Table["vr"][rows[i]]),
                    (float)Third(exam.Table["intake"][rows[i]]), (float)Cell("schavg", rows[i])],
                test.Inputs("exam")[i].data<float>().ToArray());
        }
    }

    [Fact]
    public void A_school_is_a_task_with_its_own_pupils_in_every_part()
    {
        using var scope = NewDisposeScope();
        var exam = Datasets.LondonExam();
        var schools = exam.SplitBy(Splitting.Shares(0.5, 0, 0.5)).TaskPer("school", atLeast: 20);
        Assert.Equal(63, schools.Tasks.Count);
        Assert.Equal(160, Datasets.HighSchool().TaskPer("school", atLeast: 14).Tasks.Count);
        var splits = schools.Split(1);
        Assert.Equal(4049, splits.Train.Rows + splits.Test.Rows);
        foreach (var task in schools.Tasks)
        {
            Assert.InRange(splits.Train.RowsOf(task) - splits.Test.RowsOf(task), -3, 3);
            // The school's mean of the reading test is an input and names the school: all rows of a task agree on it.
            Assert.Single(splits.Train.Inputs(task).select(1, 4).data<float>().ToArray().Concat(splits.Test.Inputs(task).select(1, 4).data<float>().ToArray()).Distinct());
        }
        Assert.Contains("no value of 'school' has 5000 rows", Assert.Throws<DataException>(() => exam.TaskPer("school", 5000)).Message);
        Assert.Contains("'sex' is an input", Assert.Throws<DataException>(() => exam.TaskPer("sex")).Message);
        Assert.Contains("choose it with Only", Assert.Throws<DataException>(() => Datasets.Letters().TaskPer("lettr")).Message);
    }

    [Fact]
    public void Bands_of_the_spectrum_are_means_of_neighbouring_wavelengths()
    {
        using var scope = NewDisposeScope();
        var bands = Datasets.Tecator(bands: 10);
        var rows = bands.RowsOf(0);
        var split = bands.Split(0);
        var (part, at) = Array.IndexOf(rows.Train, 0) is var first and >= 0 ? (split.Train, first)
            : Array.IndexOf(rows.Validation, 0) is var second and >= 0 ? (split.Validation, second) : (split.Test, Array.IndexOf(rows.Test, 0));
        double[] expected = [2.621166, 2.648038, 2.710626, 2.810702, 2.9518, 3.255739, 3.386827, 3.299257, 3.121072, 2.910205];
        foreach (var (value, mean) in part.Inputs("fat")[at].data<float>().ToArray().Zip(expected)) Assert.Equal(mean, value, 1e-6);
        Assert.True(split.Train.Inputs("fat").min().item<float>() > 0);
        Assert.Contains("cannot be cut into 7 equal bands", Assert.Throws<DataException>(() => Datasets.Tecator(7)).Message);
    }

    [Theory]
    [InlineData("Concrete", "mixture", 427)]
    [InlineData("Tecator", "spectrum", 193)]
    public void Rows_that_belong_together_can_be_kept_together(string name, string column, int groups)
    {
        var source = Load(name);
        Assert.Equal(groups, source.Table[column].Distinct().Count());
        var rows = source.SplitBy(Splitting.Shares(0.6, 0.2, 0.2).GroupedBy(column)).RowsOf(2);
        int[][] parts = [rows.Train, rows.Validation, rows.Test];
        Assert.Equal(source.Rows, parts.Sum(part => part.Length));
        Assert.Equal(groups, parts.Sum(part => part.Select(row => source.Table[column][row]).Distinct().Count()));
        Assert.InRange(rows.Test.Length / (double)source.Rows, 0.17, 0.23);
        // A random split has many of them on both sides: what the grouping is for.
        var random = source.RowsOf(2);
        Assert.NotEmpty(random.Train.Select(row => source.Table[column][row]).Intersect(random.Test.Select(row => source.Table[column][row])));
    }

    [Fact]
    public void Cells_have_their_official_split()
    {
        var cells = Datasets.Cells().SplitBy(Splitting.Official("case", train: "Train", test: "Test", validation: 0.2));
        var rows = cells.RowsOf(0);
        Assert.Equal((807, 202, 1010), (rows.Train.Length, rows.Validation.Length, rows.Test.Length));
        Assert.All(rows.Test, row => Assert.Equal("Test", cells.Table["case"][row]));
        Assert.All(rows.Train.Concat(rows.Validation), row => Assert.Equal("Train", cells.Table["case"][row]));
        Assert.Equal(346, rows.Test.Count(row => cells.Table["class"][row] == "WS"));
    }

    // Leakage as the datasheet measures it: the dropped columns give the labels away, and no remaining one does.
    [Fact]
    public void No_input_of_the_churn_tasks_names_the_internet_service()
    {
        var source = Datasets.ChurnTasks();
        double Guessed(string column) => source.Table[column].Zip(source.Table["internet_service"]).GroupBy(pair => pair.First)
            .Sum(group => group.CountBy(pair => pair.Second).Max(each => each.Value)) / (double)source.Rows;
        var inputs = source.Columns.Where(column => column.Role == ColumnRole.Input && column.Name != "tenure");
        Assert.All(inputs, column => Assert.True(Guessed(column.Name) < 0.545, column.Name));
        Assert.Equal(0.705, Guessed("online_security"), 1e-3);
        Assert.Equal(ColumnRole.Dropped, source.Columns.Single(column => column.Name == "online_security").Role);
    }

    [Fact]
    public void A_source_says_what_it_holds()
    {
        var churn = Datasets.ChurnTasks();
        var text = churn.ToString();
        Assert.Contains("task churn: 1869 yes, 5174 no", text);
        Assert.Contains("task internet: 3 classes of 1526 to 3096", text);
        Assert.Contains("task charges: mean 64.76, standard deviation 30.09", text);
        Assert.Contains("Splits: 60 % training, 20 % validation, 20 % test, by seed", text);
        Assert.Contains("stratified by churn", churn.SplitBy(Splitting.Default.StratifiedBy("churn")).ToString());
        Assert.Contains("stayed 5174, left 1869", churn.Balance().ToString());
        Assert.Contains("DSL 2421", churn.Balance().ToMimeBundle()["text/html"]);
        Assert.Equal(["contract"], churn.Only("contract").Tasks);
        Assert.Contains("has no task 'chrun'", Assert.Throws<DataException>(() => churn.Only("chrun")).Message);
    }

    [Fact]
    public void Without_first_levels_says_the_same_with_a_feature_fewer_per_category()
    {
        using var scope = NewDisposeScope();
        var (full, dummy) = (Datasets.HighSchool(), Datasets.HighSchool().WithoutFirstLevels());
        Assert.Equal(["ses", "meanses", "minrty = Yes", "sx = Male", "sector = Catholic"], dummy.FeatureNames);
        var kept = tensor(new long[] { 0, 1, 3, 5, 7 });
        Assert.True(dummy.Split(1).Test.Inputs("maths").Same(full.Split(1).Test.Inputs("maths").index_select(1, kept)));
    }
}
