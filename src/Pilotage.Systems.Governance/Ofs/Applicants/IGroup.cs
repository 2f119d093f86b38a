namespace Pilotage.Systems.Governance.Ofs;

/// <summary>People of one group: their scores and what becomes of those who are accepted.</summary>
internal interface IGroup
{
    /// <summary>The score of a person.</summary>
    /// <param name="uniform">In [0, 1): which person.</param>
    /// <returns>In [0, 1], and the probability of a good outcome.</returns>
    (double Score, double Good) Person(double uniform);

    /// <summary>The truth about a threshold: what share of the group it accepts, and what share is accepted and good.</summary>
    /// <param name="threshold">Accepted is who scores at least this.</param>
    (double Accepted, double Good) At(double threshold);
}
