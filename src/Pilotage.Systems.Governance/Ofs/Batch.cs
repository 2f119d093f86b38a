namespace Pilotage.Systems.Governance.Ofs;

/// <summary>What a round shows of the people who applied in it.</summary>
/// <param name="Reward">Mean utility per applicant: good outcomes of the accepted less bad ones.</param>
/// <param name="CountA">Applicants of group A.</param>
/// <param name="CountB">Applicants of group B.</param>
/// <param name="AcceptedA">Those of A who were accepted.</param>
/// <param name="AcceptedB">Those of B who were accepted.</param>
internal readonly record struct Batch(double Reward, int CountA, int CountB, int AcceptedA, int AcceptedB)
{
    /// <summary>Number of applicants.</summary>
    public int Count => CountA + CountB;

    /// <summary>Whether both groups were there, so that their rates can be compared.</summary>
    public bool HasBoth => CountA > 0 && CountB > 0;

    /// <summary>Difference of the groups' acceptance rates; only where <see cref="HasBoth"/>.</summary>
    public double Gap => (double)AcceptedA / CountA - (double)AcceptedB / CountB;

    /// <summary>Acceptance rate over both groups.</summary>
    public double Accepted => (double)(AcceptedA + AcceptedB) / Count;
}
