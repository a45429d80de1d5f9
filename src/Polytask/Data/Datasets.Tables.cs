using System.Globalization;

namespace Polytask;

/// <content>The tables: people, cells, loans, mixtures, spectra. Each says what is an input, what is left out, and why.</content>
public static partial class Datasets
{
    /// <summary>
    /// 9,857 loans. Task: <c>bad</c>, whether the loan went bad (binary, 5.2 % yes). All 22 other columns are inputs, the lender's interest rate and
    /// grade among them: they were set before the loan was paid out. See <see cref="LendingClubGrades"/> for them as tasks.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource LendingClub() => TabularSource.FromCsv(DatasetFiles.Verified("lending_club.csv.gz"), name: "lending_club",
        inputs: [.. LoanInputs, Column.Numeric("int_rate"), Column.Category("sub_grade")], targets: [BadLoan]);

    /// <summary>
    /// The same loans as three tasks: <c>bad</c>; <c>rate</c>, the interest rate (number); <c>grade</c>, the lender's grade (7 ordered classes, A to
    /// G). Rate and grade say almost the same: the sub-grade alone explains 99.8 % of the rate's variance and the rate alone names the grade of
    /// 99.2 %, so neither is an input here. No other column alone explains more than 17 % of the rate (the term), or names the grade of more than
    /// 34 % (most frequent: 30 %).
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource LendingClubGrades()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("lending_club.csv.gz"));
        return TabularSource.FromTable(table.With("grade", table["sub_grade"].Select(each => each[..1])), name: "lending_club",
            inputs: [.. LoanInputs, Column.Dropped("sub_grade", "states grade and, through it, the rate")],
            targets: [BadLoan, Target.Number("int_rate").Named("rate"), Target.Classes("grade", "A", "B", "C", "D", "E", "F", "G")]);
    }

    private static Target BadLoan => Target.Binary("Class", "bad").Shown("good", "bad").Named("bad");

    private static IReadOnlyList<Column> LoanInputs =>
    [
        .. Numbers("funded_amnt", "annual_inc", "delinq_2yrs", "inq_last_6mths", "revol_util", "acc_now_delinq", "open_il_6m", "open_il_12m",
            "open_il_24m", "total_bal_il", "all_util", "inq_fi", "inq_last_12m", "delinq_amnt", "num_il_tl", "total_il_high_credit_limit"),
        Column.Category("term"), Column.Category("addr_state"), Column.Category("verification_status"), Column.Category("emp_length"),
    ];

    /// <summary>
    /// 7,043 customers of a telephone company. Task: <c>churn</c>, whether the customer left (binary, 26.5 % yes). All 19 other columns are inputs.
    /// The total charges of the 11 customers in their first month are missing. See <see cref="ChurnTasks"/> for more tasks.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Churn() => TabularSource.FromCsv(DatasetFiles.Verified("wa_churn.csv.gz"), name: "churn",
        inputs:
        [
            .. CustomerInputs, Column.Category("contract"), Column.Category("internet_service"),
            .. NetServices.Select(service => Column.Category(service)), .. Numbers("monthly_charges", "total_charges"),
        ],
        targets: [LeftCustomer]);

    /// <summary>
    /// The same customers as four tasks: <c>churn</c>; <c>contract</c> (3 classes, by length); <c>internet</c>, the kind of internet service (3
    /// classes); <c>charges</c>, the monthly charge (number). Left out are the six services that come with the internet (they say "No internet
    /// service" in so many words; one alone names the service of up to 71 % of customers, where the most frequent is 44 %; together with the inputs
    /// they explain 91 % of the variance of the charge) and the total charges (divided by the tenure they are the monthly charge: R² = 0.99). Of
    /// the inputs that remain, none alone names the internet service of more than 54 %, and all together explain 42 % of the charge's variance.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource ChurnTasks() => TabularSource.FromCsv(DatasetFiles.Verified("wa_churn.csv.gz"), name: "churn",
        inputs:
        [
            .. CustomerInputs,
            .. NetServices.Select(service => Column.Dropped(service, "states internet: its level 'No internet service' is the label in other words")),
            Column.Dropped("total_charges", "states charges: divided by the tenure it is the monthly charge"),
        ],
        targets:
        [
            LeftCustomer,
            Target.Classes("contract", "Month-to-month", "One year", "Two year"),
            Target.Classes("internet_service", "No", "DSL", "Fiber optic").Named("internet"),
            Target.Number("monthly_charges").Named("charges"),
        ]);

    private static Target LeftCustomer => Target.Binary("churn", "Yes").Shown("stayed", "left");

    private static string[] NetServices =>
        ["online_security", "online_backup", "device_protection", "tech_support", "streaming_tv", "streaming_movies"];

    private static IReadOnlyList<Column> CustomerInputs =>
    [
        .. Numbers("female", "senior_citizen", "partner", "dependents", "tenure", "phone_service", "paperless_billing"),
        Column.Category("multiple_lines"), Column.Category("payment_method"),
    ];

    /// <summary>
    /// 768 women of Pima heritage. Task: <c>diabetes</c> (binary, 35 % yes). Missing measurements (insulin for 374, the skin fold for 227, pressure
    /// for 35, mass for 11, glucose for 5) become the mean of the training rows, unmarked.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Pima() => TabularSource.FromCsv(DatasetFiles.Verified("pima.csv.gz"), name: "pima",
        inputs: [.. Numbers("pregnant", "glucose", "pressure", "triceps", "insulin", "mass", "pedigree", "age").Select(column => column.Unmarked())],
        targets: [Target.Binary("diabetes", "pos").Shown("negative", "positive")]);

    /// <summary>
    /// 2,019 microscope pictures of cells as 56 measurements. Task: <c>well</c>, whether the cell was segmented well (binary, 36 % yes). The column
    /// <c>case</c> is no input: it holds the split that the authors used, 1,009 rows for training and 1,010 for test
    /// (<c>Splitting.Official("case", "Train", "Test")</c>).
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Cells()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("cells.csv.gz"));
        return TabularSource.FromTable(table, name: "cells",
            inputs: [Column.Dropped("case", "the authors' split"), .. Numbers([.. table.Columns.Except(["case", "class"])])],
            targets: [Target.Binary("class", "WS").Shown("poorly", "well").Named("well")]);
    }

    /// <summary>4,601 e-mails as 57 frequencies of words, characters and runs of capitals. Task: <c>spam</c> (binary, 39 % yes).</summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Spam()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("spam.csv.gz"));
        return TabularSource.FromTable(table, [.. Numbers([.. table.Columns.Except(["type"])])],
            [Target.Binary("type", "spam").Shown("no spam", "spam").Named("spam")], "spam");
    }

    /// <summary>569 tumours as 30 measurements of their cells' nuclei. Task: <c>malignant</c> (binary, 37 % yes).</summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource BreastCancer()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("breast_cancer.csv.gz"));
        return TabularSource.FromTable(table, [.. Numbers([.. table.Columns.Except(["benign"])])],
            [Target.Binary("benign", "0").Shown("benign", "malignant").Named("malignant")], "breast_cancer");
    }

    /// <summary>
    /// 1,030 samples of concrete: seven ingredients and the age. Tasks: <c>strength</c>, the compressive strength (number), and <c>strength
    /// class</c>, its fifth from the weakest to the strongest (5 ordered classes). The samples are of 427 mixtures, many tested at several ages: a
    /// random split has the same mixture in training and test, <c>GroupedBy("mixture")</c> has not.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Concrete()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("concrete.csv.gz"));
        string[] ingredients = ["cement", "blast_furnace_slag", "fly_ash", "water", "superplasticizer", "coarse_aggregate", "fine_aggregate"];
        return TabularSource.FromTable(table.With("mixture", Alike(table, ingredients)), name: "concrete",
            inputs: [.. Numbers([.. ingredients, "age"]), Column.Dropped("mixture", "a number for each set of ingredients, for splits by mixture")],
            targets: [Target.Number("compressive_strength").Named("strength")]).WithQuantiles("strength class", from: "strength", classes: 5);
    }

    /// <summary>
    /// 442 people with diabetes: age, sex, body mass index, blood pressure and six blood values. Tasks: <c>progression</c>, a measure of the disease
    /// a year later (number), and <c>progression class</c>, its fifth from the lowest to the highest (5 ordered classes).
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Diabetes() => TabularSource.FromCsv(DatasetFiles.Verified("diabetes.csv.gz"), name: "diabetes",
        inputs: [.. Numbers("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"), Column.Category("sex", "1", "2")],
        targets: [Target.Number("progression")]).WithQuantiles("progression class", from: "progression", classes: 5);

    /// <summary>
    /// 4,059 pupils of 65 schools in inner London. Task: <c>exam</c>, the normalised exam score at 16 (number, already of mean 0 and standard
    /// deviation 1, left as it is). Inputs, unscaled: the reading test at 11 (<c>standLRT</c>, standardised by its authors), its mean over the school
    /// (<c>schavg</c>), and sex, verbal-reasoning band of the school (<c>vr</c>) and of the pupil at entry (<c>intake</c>) as -1, 0, 1.
    /// <c>LondonExam().TaskPer("school", atLeast: 20)</c> makes each of 63 schools a task.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource LondonExam() => TabularSource.FromCsv(DatasetFiles.Verified("london_exam.csv.gz"), name: "london_exam",
        inputs:
        [
            Column.Numeric("standLRT").Unscaled(), Column.Scored("sex", ("F", -1), ("M", 1)),
            Column.Scored("vr", ("bottom 25%", -1), ("mid 50%", 0), ("top 25%", 1)),
            Column.Scored("intake", ("bottom 25%", -1), ("mid 50%", 0), ("top 25%", 1)),
            Column.Numeric("schavg").Unscaled(),
            Column.Dropped("school", "names the school: the tasks, where schools are tasks"), Column.Dropped("student", "a number within the school"),
            Column.Dropped("schgend", "girls', boys' or mixed school: the same for all pupils of a school"),
            Column.Dropped("type", "single-sex or mixed: says less than schgend"),
        ],
        targets: [Target.Number("normexam").Unscaled().Named("exam")]);

    /// <summary>
    /// 7,185 pupils of 160 schools in the United States. Task: <c>maths</c>, a test score (number). Inputs: minority, sex, socio-economic status, its
    /// mean over the school, and whether the school is Catholic. <c>cses</c> is left out: it is <c>ses - meanses</c>, to the last digit.
    /// <c>HighSchool().TaskPer("school")</c> makes each school (14 to 67 pupils) a task.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource HighSchool() => TabularSource.FromCsv(DatasetFiles.Verified("hsb82.csv.gz"), name: "hsb82",
        inputs:
        [
            Column.Numeric("ses"), Column.Numeric("meanses"), Column.Category("minrty", "No", "Yes"), Column.Category("sx", "Female", "Male"),
            Column.Category("sector", "Public", "Catholic"), Column.Dropped("cses", "is ses - meanses"),
            Column.Dropped("school", "names the school: the tasks, where schools are tasks"),
        ],
        targets: [Target.Number("mAch").Named("maths")]);

    /// <summary>
    /// 20,000 distorted prints of capital letters as 16 numbers. Tasks: <c>letter</c> (26 classes); <c>vowel</c>, whether it is A, E, I, O or U
    /// (binary, 19 % yes); <c>late</c>, whether it is in N to Z (binary). 1,332 rows repeat another to the last digit.
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Letters()
    {
        var table = CsvTable.Read(DatasetFiles.Verified("letters.csv.gz"));
        string[] alphabet = [.. Enumerable.Range('A', 26).Select(letter => $"{(char)letter}")];
        Target[] letter = [Target.Classes("lettr", alphabet).Named("letter")];
        return TabularSource.FromTable(table, [.. Numbers([.. table.Columns.Except(["lettr"])])], letter, "letters")
            .WithBinary("vowel", "letter", "A", "E", "I", "O", "U").WithBinary("late", "letter", alphabet[13..]);
    }

    /// <summary>
    /// 215 pieces of minced meat: the absorbances of near-infrared light at 100 wavelengths. Tasks: <c>water</c>, <c>fat</c>, <c>protein</c>, in
    /// percent of the weight (numbers). They add up to 99 % within 2, so each is nearly what the other two leave. 22 spectra occur twice, row for
    /// row: <c>GroupedBy("spectrum")</c> keeps them together.
    /// </summary>
    /// <param name="bands">The number of inputs: 100 for the wavelengths, standardised; fewer (a divisor of 100) for the means of neighbouring
    /// wavelengths, unscaled and all positive.</param>
    /// <exception cref="DataException">The file is not found or is not the one expected, or 100 cannot be cut into so many bands.</exception>
    public static TabularSource Tecator(int bands = 100)
    {
        const int wavelengths = 100;
        if (bands < 1 || wavelengths % bands != 0)
            throw new DataException($"tecator: {wavelengths} wavelengths cannot be cut into {bands} equal bands; give a divisor of {wavelengths}");
        var table = CsvTable.Read(DatasetFiles.Verified("tecator_meats.csv.gz"));
        string[] names = [.. Enumerable.Range(1, wavelengths).Select(each => $"x_{each:000}")];
        var absorbances = Array.ConvertAll(names, name => InputColumn.Numbers(table, name, new HashSet<string>()));
        table = table.With("spectrum", Alike(table, names));
        var dropped = Column.Dropped("spectrum", "a number for each set of absorbances, for splits by spectrum");
        Target[] targets = [Target.Number("water"), Target.Number("fat"), Target.Number("protein")];
        if (bands == wavelengths) return TabularSource.FromTable(table, [.. Numbers(names), dropped], targets, "tecator");
        var (width, columns) = (wavelengths / bands, new List<Column>());
        for (var band = 0; band < bands; band++)
        {
            var members = absorbances[(band * width)..((band + 1) * width)];
            var name = $"band {band + 1}";
            table = table.With(name, Enumerable.Range(0, table.Rows)
                .Select(row => members.Average(member => member[row]).ToString("R", CultureInfo.InvariantCulture)));
            columns.Add(Column.Numeric(name).Unscaled());
        }
        return TabularSource.FromTable(table, [.. columns, dropped], targets, "tecator");
    }

    // The same number for rows that hold the same in the named columns.
    private static IEnumerable<string> Alike(CsvTable table, string[] columns)
    {
        var seen = new Dictionary<string, int>();
        for (var row = 0; row < table.Rows; row++)
        {
            var text = string.Join(" ", columns.Select(column => table[column][row]));
            if (!seen.TryGetValue(text, out var number)) seen[text] = number = seen.Count + 1;
            yield return $"{number}";
        }
    }

    private static IEnumerable<Column> Numbers(params string[] names) => names.Select(Column.Numeric);
}
