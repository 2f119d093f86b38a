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
        (Epsilon, Keep, GradientScale) = ((float)epsilon, (float)(1 - learningRate * weightDecay), gradientScale);
    }

    public float FirstDecay { get; }

    public float FirstGain { get; }

    public float SecondDecay { get; }

    public float SecondGain { get; }

    public float StepSize { get; }

    public float RootScale { get; }

    public float Epsilon { get; }

    /// <summary>What decoupled decay leaves of a value before the step.</summary>
    public float Keep { get; }

    public float GradientScale { get; }
}
