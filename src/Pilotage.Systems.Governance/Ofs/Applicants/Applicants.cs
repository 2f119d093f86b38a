namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Who applies: two groups, and the share of the first among arrivals while nobody is accepted or refused.</summary>
/// <param name="Name">As measurements and tables name it.</param>
/// <param name="A">The group whose share is followed.</param>
/// <param name="B">The other one.</param>
/// <param name="ShareOfA">m_0, in (0, 1).</param>
internal sealed record Applicants(string Name, IGroup A, IGroup B, double ShareOfA)
{
    /// <summary>The generated problem with answers in closed form: scores U[0, 1] and U[0, 0.8].</summary>
    public static Applicants Uniform(double shareOfA = 0.5) => new("uniform", new UniformGroup(1), new UniformGroup(0.8), shareOfA);

    /// <summary>The generated problem with bell-shaped scores.</summary>
    public static Applicants LogitNormal(double shareOfA = 0.5) => new("logit-normal", SampledGroup.LogitNormal(0.3, 1), SampledGroup.LogitNormal(-0.3, 1), shareOfA);
}
