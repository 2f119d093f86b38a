namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How agents decide. Implemented by structs, so that the simulation's loop is compiled for each.</summary>
internal interface IArchitecture
{
    /// <summary>Chooses what an agent does.</summary>
    /// <param name="agent">Which.</param>
    /// <param name="situation">What it sees.</param>
    /// <param name="bits">Uniform bits of its own.</param>
    /// <returns>An <see cref="Activity"/>.</returns>
    int Choose(int agent, int situation, ulong bits);

    /// <summary>Tells an agent what came of it.</summary>
    /// <param name="agent">Which.</param>
    /// <param name="situation">What it saw.</param>
    /// <param name="activity">What it did.</param>
    /// <param name="reward">What it earned.</param>
    /// <param name="next">What it sees now.</param>
    void Learn(int agent, int situation, int activity, float reward, int next);
}
