using System.Globalization;
using System.Text;

namespace Deedle.Tests;

public class CsvTests
{
    private static Frame<int, string> Read(string text, string? schema = null, string? separators = null, int? inferRows = null, bool? hasHeaders = null) =>
        Frame.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), hasHeaders: hasHeaders, inferRows: inferRows, schema: schema, separators: separators);

    [Fact]
    public void Types_are_inferred_and_gaps_are_missing()
    {
        var frame = Read("i,l,d,f,b,s,when\n2,9999999999,1.5,1e-3,yes,\"a,\"\"b\"\"\",2020-01-31\n3,2,2.5,NA,no,,2021-02-28\n");
        Assert.Equal([typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(bool), typeof(string), typeof(DateTime)], frame.ColumnTypes);
        Assert.Equal("a,\"b\"", frame.GetColumn<string>("s")[0]);
        Assert.Equal("", frame.GetColumn<string>("s")[1]);
        Assert.Equal([0.001], frame["f"].Values);
        Assert.Equal(2.5, frame["d"][1]);
        Assert.Equal(new DateTime(2021, 2, 28), frame.GetColumn<DateTime>("when")[1]);
    }

    [Fact]
    public void Schema_separator_and_headers_can_be_given()
    {
        var frame = Read("a;b\n1;0\n2;1\n", schema: "a=float,b=int", separators: ";");
        Assert.Equal([typeof(double), typeof(int)], frame.ColumnTypes);
        Assert.Equal(["Column1", "Column2"], Read("1,x\n2,y\n", hasHeaders: false).ColumnKeys);
    }

    [Fact]
    public void Saving_and_reading_gives_the_same_frame_in_any_culture()
    {
        var original = CultureInfo.CurrentCulture;
        var path = Path.GetTempFileName();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            Results.Frame().SaveCsv(path);
            Assert.Equal("mmoe,income,1,0.9", File.ReadLines(path).ElementAt(1));
            Assert.Equal("mmoe,married,3,", File.ReadLines(path).Last());
            var read = Frame.ReadCsv(path);
            Assert.Equal(Results.Frame()["Auc"], read["Auc"]);
            Assert.Equal(Results.Frame().GetColumn<string>("Task"), read.GetColumn<string>("Task"));
        }
        finally
        {
            CultureInfo.CurrentCulture = original;
            File.Delete(path);
        }
    }

    [Fact]
    public void Hierarchical_row_keys_become_columns()
    {
        using var writer = new StringWriter();
        Results.Frame().Columns[["Method", "Auc"]].GroupRowsBy<string>("Method").SaveCsv(writer, includeRowKeys: true, keyNames: ["Method key", "Row"]);
        var lines = writer.ToString().Split(Environment.NewLine);
        Assert.Equal("\"Method key\",Row,Method,Auc", lines[0]);
        Assert.Equal("mmoe,0,mmoe,0.9", lines[1]);
    }
}
