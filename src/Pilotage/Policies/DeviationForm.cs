namespace Pilotage.Policies;

/// <summary>How a number without bounds becomes a standard deviation.</summary>
public enum DeviationForm : byte
{
    /// <summary>exp(x), x held within [-20, 2]: arXiv:1812.05905.</summary>
    Exponential,

    /// <summary>softplus(max(x, -5)): arXiv:2601.00737.</summary>
    Softplus,
}
