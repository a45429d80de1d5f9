namespace Polytask;

/// <content>Public sets of pictures: fetched when they are first asked for, or put there by hand (see <see cref="DatasetDownload"/>).</content>
public static partial class Datasets
{
    /// <summary>
    /// NYUv2 (Silberman et al., ECCV 2012) as prepared by Liu et al. (MTAN, CVPR 2019): 795 training and 654 test pictures of rooms, 288 x 384. Tasks:
    /// <c>segmentation</c> (13 classes, -1: unlabelled), <c>depth</c> in metres, <c>normals</c> (both NaN where not measured). A tenth of the training
    /// rows validates. All of it takes 3 GB of memory. For research.
    /// </summary>
    /// <exception cref="DataException">The file cannot be fetched; the message says how to put it there by hand.</exception>
    public static DataSource NyuV2() => LabelledMaps.NyuV2(PublicSets.Fetched("NyuV2")[0]);

    /// <summary>
    /// CityScapes (Cordts et al., CVPR 2016) as prepared by Liu et al. (MTAN, CVPR 2019): 2,975 training and 500 test pictures of streets, 128 x 256.
    /// Tasks: <c>segmentation</c> (7 classes, -1: unlabelled), <c>depth</c>, which is inverse depth (NaN where not measured). A tenth of the training
    /// rows validates. For research, under CityScapes' own terms.
    /// </summary>
    /// <exception cref="DataException">The file cannot be fetched; the message says how to put it there by hand.</exception>
    public static DataSource CityScapes() => LabelledMaps.CityScapes(PublicSets.Fetched("CityScapes")[0]);

    /// <summary>
    /// Office-31 (Saenko et al., ECCV 2010): 4,110 pictures of 31 kinds of office things. Tasks, each with rows of its own: <c>amazon</c> (2,817),
    /// <c>dslr</c> (498), <c>webcam</c> (795). For research.
    /// </summary>
    /// <param name="size">The pixels of a side: pictures are brought to size x size by the mean over each pixel's area.</param>
    /// <exception cref="DataException">The file is not there; its publisher wants it fetched by hand, the message says how.</exception>
    public static DataSource Office31(int size = 64) => size >= 1
        ? new Office31(PublicSets.Fetched("Office31")[0], size)
        : throw new DataException($"pictures of Office-31 need a size of at least 1 pixel, but got {size}");
}
