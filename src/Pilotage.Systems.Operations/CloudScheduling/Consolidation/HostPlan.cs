namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What is to be done with hosts before the next five minutes.</summary>
/// <param name="hosts">Number of hosts.</param>
internal sealed class HostPlan(int hosts)
{
    /// <summary>Utilisation that each host is relieved to by moving virtual machines away, those that move fastest first; NaN for none.</summary>
    public double[] Relief { get; } = new double[hosts];

    /// <summary>Whether a host is to be emptied and switched off, if all of its virtual machines find room on others that are on.</summary>
    public bool[] Evacuate { get; } = new bool[hosts];

    /// <summary>Utilisation up to which a host may be filled.</summary>
    public double[] Limit { get; } = new double[hosts];

    public void Clear(double limit)
    {
        Relief.AsSpan().Fill(double.NaN);
        Evacuate.AsSpan().Clear();
        Limit.AsSpan().Fill(limit);
    }
}
