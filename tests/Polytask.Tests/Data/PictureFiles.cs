namespace Polytask.Tests.Data;

/// <summary>What tests/peers/images_reference.py wrote: arrays of NumPy's, pictures of Pillow's with the colours that Pillow reads in them.</summary>
internal static class PictureFiles
{
    private static readonly string[][] Lines = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "Reference", "images.txt"))
        .Select(line => line.Split(' '))];

    /// <summary>An array file by its type and shape: "&lt;f4 (2, 3)".</summary>
    public static byte[] Array(string kind) => Convert.FromBase64String(Lines.Single(line => string.Join(' ', line).StartsWith(kind + " "))[^1]);

    /// <summary>A picture file, and red, green, blue (0 to 255) at row 3, column 5, at row 10, column 18, and on average.</summary>
    public static (byte[] Bytes, double[] First, double[] Second, double[] Mean) Picture(string kind)
    {
        var line = Lines.Single(line => line[0] == kind);
        double[] Numbers(int from) => [.. line[from..(from + 3)].Select(number => double.Parse(number.Trim('[', ']', ','), System.Globalization.CultureInfo.InvariantCulture))];
        return (Convert.FromBase64String(line[4]), Numbers(5), Numbers(8), Numbers(11));
    }
}
