namespace Polytask;

/// <summary>
/// The data sets of the repository's <c>datasets</c> folder, each with a datasheet in its README. Files are found above the current directory or the
/// program, or where the environment variable POLYTASK_DATASETS points, and their checksum is verified on every load.
/// </summary>
public static partial class Datasets
{
    /// <summary>
    /// 8,993 people of a shopping-mall survey in the San Francisco Bay area, 1987. Tasks: <c>income</c>, the household's yearly income (9 ordered
    /// brackets); <c>marital</c>, the marital status (5 classes); <c>married</c>, whether that is "Married" (binary); <c>home</c>, the type of home
    /// (5 classes).
    /// <para>
    /// The nine inputs are what remains when no column is left that states a label in other words. DUAL.INCOMES is dropped: two of its three answers
    /// are about the spouse's income, the third is "Not Married"; alone it names the marital status of 78 % of people, where the most frequent one is
    /// 41 %. HOUSEHOLDER (own, rent, with family) is dropped: it is the other half of the question about the home; alone it names the home type of
    /// 72 %, where the most frequent one is 59 %. No remaining column alone exceeds 63 % on either. Columns that are merely correlated (household
    /// size,
    /// age) stay. Labels are never inputs of other tasks.
    /// </para>
    /// </summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static TabularSource Income() => TabularSource.FromCsv(DatasetFiles.Verified("income.csv.gz"), name: "income",
        inputs:
        [
            Column.Category("SEX", "F", "M"),
            Column.Ordered("AGE", "14-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"),
            // "Scool" is the file's own spelling.
            Column.Ordered("EDUCATION",
                "Grade 8 or less", "Grades 9 to 11", "Graduated High Scool", "1 to 3 years of college", "College graduate", "Grad Study"),
            Column.Category("OCCUPATION"),
            Column.Ordered("AREA", "-1 year", "1-3 years", "4-6 years", "7-10 years", "10+ years"),
            Column.Dropped("DUAL.INCOMES", "states marital: its level 'Not Married' is the label in other words"),
            Column.Ordered("HOUSEHOLD.SIZE", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine or more"),
            Column.Ordered("UNDER18", "None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine or more"),
            Column.Dropped("HOUSEHOLDER", "asked together with home: owning, renting or living with family goes far to name the home's type"),
            Column.Category("ETHNIC.CLASS"),
            Column.Category("LANGUAGE", "English", "Spanish", "Other"),
        ],
        targets:
        [
            Target.Classes("INCOME", "-10.000)", "[10.000-15.000)", "[15.000-20.000)", "[20.000-25.000)", "[25.000-30.000)",
                    "[30.000-40.000)", "[40.000-50.000)", "[50.000-75.000)", "[75.000-")
                .Shown("below $10,000", "$10,000 to 15,000", "$15,000 to 20,000", "$20,000 to 25,000", "$25,000 to 30,000",
                    "$30,000 to 40,000", "$40,000 to 50,000", "$50,000 to 75,000", "$75,000 and more")
                .Named("income"),
            Target.Classes("MARITAL.STATUS", "Married", "Together", "Divorced", "Widowed", "Single").Named("marital"),
            Target.Classes("HOME.TYPE", "House", "Condominium", "Apartment", "Mobile Home", "Other").Named("home"),
        ]).WithBinary("married", from: "marital", yes: "Married");

    /// <summary>1,797 handwritten digits of 8 x 8 pixels as 64 features in [0, 1]. Tasks: <c>digit</c> (10 classes), <c>parity</c> (is it odd?,
    /// binary), <c>large</c> (is it 5 or more?, binary).</summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static ImageSource Digits()
    {
        const int pixels = 64, brightest = 16;
        var table = CsvTable.Read(DatasetFiles.Verified("digits8x8.csv.gz"));
        var values = new float[table.Rows * pixels];
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var column = InputColumn.Numbers(table, $"p{pixel}", new HashSet<string>());
            for (var row = 0; row < table.Rows; row++) values[row * pixels + pixel] = (float)(column[row] / brightest);
        }
        var digits = Array.ConvertAll(InputColumn.Numbers(table, "digit", new HashSet<string>()), digit => (int)digit);
        return new("digits", Shape.Of(pixels), values, digits, ("parity", digit => digit % 2 == 1), ("large", digit => digit >= 5));
    }

    /// <summary>10,000 of MNIST's handwritten digits, 1 x 28 x 28 pixels in [0, 1]. Task: <c>digit</c> (10 classes).</summary>
    /// <exception cref="DataException">A file is not found or is not the one expected.</exception>
    public static ImageSource Mnist()
    {
        var images = IdxFile.Read(DatasetFiles.Verified("mnist10k-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(DatasetFiles.Verified("mnist10k-labels-idx1-ubyte.gz"));
        return new("mnist", Shape.Of(1, images.Dimensions[1], images.Dimensions[2]),
            Array.ConvertAll(images.Values, value => value / 255f), Array.ConvertAll(labels.Values, digit => (int)digit));
    }

    /// <summary>Two overlapping digits per picture, made from <see cref="Mnist"/>; see <see cref="Polytask.MultiMnist"/> for what differs from the
    /// papers that use it.</summary>
    /// <param name="train">The number of training pairs.</param>
    /// <param name="validation">The number of validation pairs.</param>
    /// <param name="test">The number of test pairs.</param>
    /// <exception cref="DataException">A file is not found or is not the one expected, or a split would be empty.</exception>
    public static MultiMnist MultiMnist(int train = 6000, int validation = 1000, int test = 1000) => new(Mnist(), train, validation, test);

    /// <summary>D8, eight classification tasks made of <see cref="Mnist"/> and <see cref="Digits"/>: for merging, and for tasks with rows of their
    /// own.</summary>
    /// <exception cref="DataException">A file is not found or is not the one expected.</exception>
    public static DigitSuite DigitSuite() => new(Mnist(), Digits());

    /// <summary>20 men, three exercises, three body measures: for checks against closed forms.</summary>
    /// <exception cref="DataException">The file is not found or is not the one expected.</exception>
    public static Linnerud Linnerud() => new(CsvTable.Read(DatasetFiles.Verified("linnerud.csv.gz")));
}
