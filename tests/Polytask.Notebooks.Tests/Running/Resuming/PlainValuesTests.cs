using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running.Resuming;

namespace Polytask.Notebooks.Tests.Running.Resuming;

/// <summary>Plain data comes back as it was, through the text that is kept on the disk.</summary>
public sealed class PlainValuesTests
{
    public static TheoryData<object?> Values => new(
        null, 1, -1L, (byte)7, 1.5f, double.NaN, -0.0, double.Epsilon, 1.10m, 'x', '\0', "text \"\n\ud800 \u2028", true, DayOfWeek.Friday,
        new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc), TimeSpan.FromTicks(-1), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
        new DateOnly(2026, 2, 3), System.Numerics.BigInteger.Pow(7, 100), (1, "two", 3.0, ("four", (int?)null)), Tuple.Create(1, "b"),
            new KeyValuePair<string, int>("k", 5),
        new[] { 1.5, double.NegativeInfinity }, new[] { true, false }, new[,] { { 1, 2 }, { 3, 4 } }, new[,] { { "a", null }, { "b", "c" } },
            new int[0], new int[2, 0],
        new[] { new[] { 1 }, null!, new[] { 2, 3 } }, new[] { 'a', '\uffff' }, new object?[] { 1, "x", null, 2.5 }, new List<string?> { "a", null },
            new List<(int, DayOfWeek)> { (1, DayOfWeek.Monday) },
        new Dictionary<string, List<int>> { ["b"] = [1], ["a"] = [2, 3] }, new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 }, new HashSet<int> { 3, 1, 2 }, new int?[] { null, 4 });

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_with_its_type(object? value)
    {
        var back = RoundTrip(value);
        Assert.Equal(value?.GetType(), back?.GetType());
        Assert.Equal(value, back);
        if (value is double number)
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits((double)back!));
    }

    [Property]
    public bool Every_number_and_text_comes_back(double number, float small, decimal exact, string? text, DateTime time) =>
        Equals((number, small, exact, text, time), RoundTrip((number, small, exact, text, time)));

    [Fact]
    public void What_is_shared_stays_shared_and_a_cycle_stays_one()
    {
        var list = new List<object>();
        list.Add(list);
        var back = (object[])RoundTrip(new object[] { list, list, new List<object>() })!;
        Assert.Same(back[0], back[1]);
        Assert.Same(back[0], ((List<object>)back[0])[0]);
        Assert.NotSame(back[0], back[2]);
    }

    public static TheoryData<object, string> Others
    {
        get
        {
            var gap = new Dictionary<int, int> { [1] = 1, [2] = 2 };
            gap.Remove(1);
            return new()
            {
                { new Random(1), "is a Random, which is not plain data" },
                { (Func<int>)(() => 1), "which is not plain data" },
                { new[] { new Version(1, 2) }, "is a Version, which is not plain data" },
                { new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), "a comparer of its own" },
                { gap, "something was removed" },
                { Enumerable.Range(0, 3).Where(i => i > 1), "which is not plain data" },
                { new byte[80 << 20], "more than 64 MB" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Anything_else_is_refused_with_its_type(object value, string message) =>
        Assert.Contains(message, Assert.Throws<NotSavableException>(() => new PlainValues.Writer(Types).Write(value, typeof(object))).Message);

    [Fact]
    public void Objects_that_the_host_vouches_for_come_back_field_by_field_with_their_functions()
    {
        var shared = new Part(5, null);
        var whole = new Whole { Left = shared, Right = shared, Grow = new Adder(3).Add };
        shared.Owner = whole;
        var back = (Whole)RoundTrip(whole)!;
        Assert.Same(back.Left, back.Right);
        Assert.Same(back, back.Left!.Owner);
        Assert.Equal((5, 10), (back.Left.Size, back.Grow!(7)));
        Assert.Equal(2.5, back.Hidden());
    }

    [Fact]
    public void What_a_field_holds_that_cannot_be_saved_is_named()
    {
        Assert.Equal("holds Part.Owner, which is a Random, which is not plain data",
            Assert.Throws<NotSavableException>(() => RoundTrip(new Whole { Left = new Part(1, new Random(1)) })).Message);
        Assert.Contains("is nested too deeply", Assert.Throws<NotSavableException>(() => RoundTrip(Chain(1_000_000))).Message);
    }

    [Fact]
    public void A_saver_of_the_host_goes_before_everything_else()
    {
        var back = (Uri[])RoundTrip(new[] { new Uri("http://a/b c"), null })!;
        Assert.Equal("http://a/b%20c", back[0].AbsoluteUri);
        Assert.Null(back[1]);
    }

    private static Part Chain(int length)
    {
        var first = new Part(0, null);
        for (var i = 1; i < length; i++)
            first = new Part(i, first);
        return first;
    }

    private static readonly SavableTypes Types = new(new ResumeSupport
    {
        IsItsFields = type => type == typeof(Part) || type == typeof(Whole) || type == typeof(Base) || type == typeof(Adder),
        Savers = () => [new ValueSaver(typeof(Uri), v => System.Text.Encoding.UTF8.GetBytes(v.ToString()!), b => new Uri(System.Text.Encoding.UTF8.GetString(b)))],
    }, []);

    private sealed record Part(int Size, object? Owner)
    {
        public object? Owner { get; set; } = Owner;
    }

    private abstract class Base
    {
        private readonly double _hidden = 2.5;

        public double Hidden() => _hidden;
    }

    private sealed class Whole : Base
    {
        public Part? Left { get; init; }

        public Part? Right { get; init; }

        public Func<int, int>? Grow { get; init; }
    }

    private sealed class Adder(int by)
    {
        public int Add(int x) => x + by;
    }

    private static object? RoundTrip(object? value)
    {
        var writer = new PlainValues.Writer(Types);
        var json = new JsonObject { ["value"] = writer.Write(value, typeof(object)), ["objects"] = writer.Objects };
        var back = (JsonObject)JsonText.Parse(PythonJson.WriteLine(json))!;
        return new PlainValues.Reader((JsonArray)back["objects"]!, Types).Read(back["value"], typeof(object));
    }
}
