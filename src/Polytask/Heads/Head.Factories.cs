namespace Polytask;

public abstract partial record Head
{
    /// <summary>
    /// One of several classes by softmax; target int64 [rows] of 0 .. classes - 1 (negative: no label); output logits, float [rows, classes];
    /// predicts the class.
    /// </summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Classify(long classes, long? features = null) => new ClassifyHead(classes, features);

    /// <summary>
    /// Yes or no by a logistic unit; target float [rows] of 0 and 1 (NaN: no label); output logits, float [rows]; predicts 0 or 1.
    /// </summary>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Binary(long? features = null) => new BinaryHead(features);

    /// <summary>
    /// Several yes-or-no labels of one row; target float [rows, labels] of 0 and 1 (NaN: that label is not known); output logits, float [rows,
    /// labels]; predicts zeros and ones.
    /// </summary>
    /// <param name="labels">The number of labels, at least 1.</param>
    public static Head MultiLabel(long labels) => new MultiLabelHead(labels);

    /// <summary>
    /// The probability of two or more things together: this task's own factor, conditional on the others, times those of binary tasks declared
    /// before. Target and output as of <see cref="Binary"/>, the product as a logit. <c>Head.Product("click")</c> for a task "click and conversion":
    /// its own factor is the rate of conversions after a click, which only the product trains (ESMM: Ma et al., SIGIR 2018).
    /// </summary>
    /// <param name="factors">The binary tasks whose probabilities are multiplied in, at least one.</param>
    public static Head Product(params string[] factors) => Binary().Combining(factors, Polytask.Product.Of);

    /// <summary>
    /// Ordered levels by one score and rising thresholds; target int64 [rows] of 0 .. levels - 1 (negative: no label); output the logits of P(level >
    /// k), float [rows, levels - 1], falling; predicts the level.
    /// </summary>
    /// <param name="levels">The number of levels, at least 2.</param>
    public static Head Ordinal(long levels) => new OrdinalHead(levels);

    /// <summary>
    /// Ordered levels by the chance of each further step for a row that came so far (CORN); target as of <see cref="Ordinal"/>; output the logits of
    /// P(level > k | level >= k), float [rows, levels - 1], of any order; predicts the level.
    /// </summary>
    /// <param name="levels">The number of levels, at least 2.</param>
    public static Head OrdinalConditional(long levels) => new OrdinalConditionalHead(levels);

    /// <summary>
    /// Ordered levels by a softmax whose labels spread to their neighbours; target as of <see cref="Ordinal"/>; output logits, float [rows, levels];
    /// predicts the level.
    /// </summary>
    /// <param name="levels">The number of levels, at least 2.</param>
    public static Head OrdinalSoftmax(long levels) => new OrdinalSoftmaxHead(levels);

    /// <summary>
    /// Real numbers; target float [rows], or [rows, outputs] for several (a row with a NaN has no label); output of the same shape.
    /// </summary>
    /// <param name="outputs">The number of values.</param>
    /// <param name="features">The number of features that the head insists on; by default it takes what comes.</param>
    public static Head Regress(long outputs = 1, long? features = null) => new RegressHead(outputs, features);

    /// <summary>Quantiles of a real number; target float [rows] (NaN: no label); output the quantiles, float [rows, levels].</summary>
    /// <param name="levels">The levels, rising, each between 0 and 1: 0.1, 0.5, 0.9.</param>
    public static Head Quantiles(params double[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return new QuantilesHead(levels);
    }

    /// <summary>
    /// Real numbers with a variance that depends on the row; target as of <see cref="Regress"/>; output float [rows, 2], or [rows, values, 2] for
    /// several: mean and log variance; predicts the means.
    /// </summary>
    /// <param name="values">The number of values.</param>
    public static Head Gaussian(long values = 1) => new GaussianHead(values);

    /// <summary>
    /// A count with a log link; target float [rows], whole and at least 0 (NaN: no label); output the log rate, float [rows]; predicts the rate.
    /// </summary>
    public static Head Count() => new CountHead();

    /// <summary>
    /// The time to an event in intervals; target float [rows, 2]: the interval of the event, or the last one survived, and 1 for an event, 0 for a
    /// censored row (NaN: no label); output the logits of the hazards, float [rows, intervals]; predicts the survival at the end of each interval.
    /// </summary>
    /// <param name="intervals">The number of intervals.</param>
    public static Head Hazard(long intervals) => new HazardHead(intervals);

    /// <summary>
    /// The time to an event by proportional hazards; target float [rows, 2]: time, and 1 for an event, 0 for a censored row (NaN: no label); output
    /// the log risk, float [rows].
    /// </summary>
    public static Head Cox() => new CoxHead();

    /// <summary>
    /// A score to order rows by; target float [rows] of relevances, the batch being one list, or [rows, 2] of relevances and query numbers (NaN: no
    /// label); output scores, float [rows].
    /// </summary>
    public static Head Rank() => new RankHead();

    /// <summary>
    /// Embeddings in which rows of a group lie together; target int64 [rows] of group numbers (negative: none); output float [rows, dimension].
    /// </summary>
    /// <param name="dimension">The length of an embedding.</param>
    public static Head Represent(long dimension) => new EmbedHead(dimension);

    /// <summary>
    /// Embeddings of two sides of a row (two views of an image, an image and its text) by one layer: features 2 x width; target float [rows], 1 (NaN:
    /// not a pair); output float [rows, 2, dimension].
    /// </summary>
    /// <param name="dimension">The length of an embedding.</param>
    public static Head RepresentPairs(long dimension) => new EmbedPairHead(dimension);

    /// <summary>
    /// A student of another model's logits; target float [rows, classes] of the teacher's logits, or [rows, classes + 1] with the label in the last
    /// column (NaN: no label); output logits, float [rows, classes]; predicts the class.
    /// </summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    public static Head Imitate(long classes) => new ImitateHead(classes);

    /// <summary>
    /// A class for every pixel, of features channels x height x width; target int64 [rows, height, width] (negative: that pixel has no label); output
    /// logits, float [rows, classes, height, width]; predicts the classes.
    /// </summary>
    /// <param name="classes">The number of classes, at least 2.</param>
    public static Head Segment(long classes) => new SegmentHead(classes);

    /// <summary>A depth for every pixel; target float [rows, height, width], above 0 (NaN: not measured); output of the same shape.</summary>
    public static Head Depth() => new DepthHead();

    /// <summary>
    /// The direction of the surface at every pixel; target float [rows, 3, height, width] (NaN: not measured); output of the same shape, of length 1
    /// over dimension 1.
    /// </summary>
    public static Head Normals() => new NormalsHead();

    /// <summary>
    /// Yes or no for every pixel: edges, or one region; target float [rows, height, width] of 0 and 1 (NaN: that pixel has no label); output logits
    /// of the same shape; predicts zeros and ones.
    /// </summary>
    public static Head Edges() => new EdgesHead();

    /// <summary>
    /// Boxes by their centres, without anchors; features channels x height x width; target float [rows, boxes, 5]: class (-1: no box), centre x and
    /// y, width and height as shares of the image (NaN: the image has no label); output maps, float [rows, classes + 4, height, width]: logits of
    /// centres, offset, size; predicts [rows, boxes, 6]: probability, class, centre x and y, width and height, best first.
    /// </summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="boxes">The number of boxes to predict.</param>
    public static Head Detect(long classes, int boxes = 20) => new DetectHead(classes, boxes);

    /// <summary>
    /// A tag for every token, of features tokens x width; target int64 [rows, tokens] (negative: padding); output logits, float [rows, tags, tokens];
    /// predicts the tags.
    /// </summary>
    /// <param name="tags">The number of tags, at least 2.</param>
    public static Head Tag(long tags) => new TagHead(tags);
}
