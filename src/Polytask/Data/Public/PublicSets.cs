using System.Collections.Immutable;

namespace Polytask;

/// <summary>A public data set that is not in the repository.</summary>
/// <param name="Name">The member of <see cref="Datasets"/> that loads it.</param>
/// <param name="Terms">Who publishes it, and what it may be used for.</param>
/// <param name="Files">What it is published as.</param>
internal sealed record PublicSet(string Name, string Terms, params ImmutableArray<RemoteFile> Files);

/// <summary>Where the public sets come from.</summary>
internal static class PublicSets
{
    private const string Uci = "https://archive.ics.uci.edu/ml/machine-learning-databases/";
    private const string MovieLensFiles = "https://files.grouplens.org/datasets/movielens/";
    private const string Mtan = "https://github.com/lorenmt/mtan";

    /// <summary>All of them.</summary>
    public static ImmutableArray<PublicSet> All { get; } =
    [
        new("Adult", "UCI, CC BY 4.0",
            new("adult.data", new(Uci + "adult/adult.data"), "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
            new("adult.test", new(Uci + "adult/adult.test"), "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05")),
        new("CensusIncome", "UCI, CC BY 4.0",
            new("census-income.data.gz", new(Uci + "census-income-mld/census-income.data.gz"), null),
            new("census-income.test.gz", new(Uci + "census-income-mld/census-income.test.gz"), null)),
        new("MovieLens100K", "GroupLens; research, not to be passed on",
            new RemoteFile("ml-100k.zip", new(MovieLensFiles + "ml-100k.zip"), "50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229")),
        new("MovieLens1M", "GroupLens; research, not to be passed on",
            new RemoteFile("ml-1m.zip", new(MovieLensFiles + "ml-1m.zip"), "a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20")),
        new("MovieLensSmall", "GroupLens; research, not to be passed on",
            new RemoteFile("movielens.csv.gz", null, "0d2a27b1d75e8b7e6e05ede887604689108b693eaff40e927b857ddb3557f6e2",
                "R's package dslabs (data set movielens, written as CSV with row names left out, gzipped)")),
        new("Qm9", "Ramakrishnan et al. 2014, CC0", new RemoteFile("dsgdb9nsd.xyz.tar.bz2", new("https://ndownloader.figshare.com/files/3195389"), null)),
        new("NyuV2", "Silberman et al. 2012, prepared by Liu et al. 2019; research",
            new RemoteFile("nyuv2.zip", new("https://www.dropbox.com/s/p2nn02wijg7peiy/nyuv2.zip?dl=1"), null, Mtan)),
        new("CityScapes", "CityScapes' own terms (research), prepared by Liu et al. 2019",
            new RemoteFile("cityscapes2.zip", new("https://www.dropbox.com/s/lg2ktu7o8hzwf99/cityscapes2.zip?dl=1"), null, Mtan)),
        new("Office31", "Saenko et al. 2010; research",
            new RemoteFile("office31.zip", null, null, "https://faculty.cc.gatech.edu/~judy/domainadapt/ (as a zip of the folders amazon, dslr and webcam)")),
    ];

    /// <summary>The paths of a set's files, after fetching those that are not there.</summary>
    public static string[] Fetched(string name) => [.. All.Single(set => set.Name == name).Files.Select(DatasetDownload.Default.PathOf)];
}
