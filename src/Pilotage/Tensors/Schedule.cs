namespace Pilotage.Tensors;

/// <summary>A number over the course of a run: learning rate, exploration, clip radius. A pure function of progress; it holds no state.</summary>
public abstract record Schedule
{
    private Schedule() { }

    /// <summary>The number at a point of the run.</summary>
    /// <param name="progress">Share of the run that is done, limited to [0, 1].</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="progress"/> is NaN.</exception>
    public double At(double progress) => double.IsNaN(progress)
        ? throw new ArgumentOutOfRangeException(nameof(progress), "Progress is NaN; it must be a number, 0 at the start and 1 at the end of the run.")
        : Value(Math.Clamp(progress, 0, 1));

    private protected abstract double Value(double progress);

    /// <summary>The same number throughout.</summary>
    /// <param name="Number">Any.</param>
    public sealed record Constant(double Number) : Schedule
    {
        private protected override double Value(double progress) => Number;
    }

    /// <summary>A straight line.</summary>
    /// <param name="From">At progress 0.</param>
    /// <param name="To">At progress <paramref name="Until"/> and after.</param>
    /// <param name="Until">Share of the run after which the number stays, in (0, 1].</param>
    public sealed record Linear(double From, double To = 0, double Until = 1) : Schedule
    {
        private protected override double Value(double progress) => From + (To - From) * Math.Min(1, progress / Until);
    }

    /// <summary>Half a wave of the cosine: slow at both ends.</summary>
    /// <param name="From">At progress 0.</param>
    /// <param name="To">At progress 1.</param>
    /// <remarks>Loshchilov and Hutter, arXiv:1608.03983, equation 5, without restarts.</remarks>
    public sealed record Cosine(double From, double To = 0) : Schedule
    {
        private protected override double Value(double progress) => To + (From - To) * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }
}
