namespace Pilotage.Tensors;

/// <summary>The numbers of one Adam update, each rounded once from double.</summary>
internal readonly struct AdamPass
{
    public AdamPass(double learningRate, double firstDecay, double secondDecay, double epsilon, double weightDecay, long update, float gradientScale)
    {
        (FirstDecay, SecondDecay) = ((float)firstDecay, (float)secondDecay);
        (FirstGain, SecondGain) = ((float)(1 - firstDecay), (float)(1 - secondDecay));
        // The moments start at zero; dividing by 1 - decay^t makes them unbiased (arXiv:1412.6980, section 3).
        StepSize = (float)(learningRate / (1 - Math.Pow(firstDecay, update)));
        RootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(secondDecay, update)));
        (Epsilon, Decay, GradientScale) = ((float)epsilon, (float)(learningRate * weightDecay), gradientScale);
    }

    public float FirstDecay { get; }

    public float FirstGain { get; }

    public float SecondDecay { get; }

    public float SecondGain { get; }

    public float StepSize { get; }

    public float RootScale { get; }

    public float Epsilon { get; }

    /// <summary>Share of a value that decoupled decay takes before the step; not 1 minus it, which would round.</summary>
    public float Decay { get; }

    public float GradientScale { get; }
}
