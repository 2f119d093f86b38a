namespace Pilotage.Environments;

/// <summary>The frames of several rows, as a policy receives them. A view: valid until the environment's next step.</summary>
public readonly ref struct FrameBatch
{
    /// <summary>Wraps rows of frames.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="observations">Row-major [rows, size].</param>
    /// <param name="legal">Row-major [rows, legal count]; empty without mask.</param>
    /// <param name="active">One flag per row; empty means that all are active.</param>
    public FrameBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal = default, ReadOnlySpan<bool> active = default)
    {
        Rows = rows;
        Observations = observations;
        Legal = legal;
        Active = active;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers per observation.</summary>
    public int ObservationSize => Rows == 0 ? 0 : Observations.Length / Rows;

    /// <summary>Observations, row-major [rows, size].</summary>
    public ReadOnlySpan<float> Observations { get; }

    /// <summary>Legal actions, row-major [rows, count]; empty without mask.</summary>
    public ReadOnlySpan<bool> Legal { get; }

    /// <summary>Which rows are to act; empty means all.</summary>
    public ReadOnlySpan<bool> Active { get; }

    /// <summary>The observation of one row.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns>A view of <see cref="ObservationSize"/> numbers.</returns>
    public ReadOnlySpan<float> Observation(int row) => Observations.Slice(row * ObservationSize, ObservationSize);

    /// <summary>The mask of one row.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns>One flag per action; empty without mask.</returns>
    public ReadOnlySpan<bool> LegalOf(int row)
    {
        var width = Rows == 0 ? 0 : Legal.Length / Rows;
        return Legal.Slice(row * width, width);
    }

    /// <summary>Whether a row is to act.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns><see langword="true"/> if the row is active.</returns>
    public bool IsActive(int row) => Active.IsEmpty || Active[row];
}
