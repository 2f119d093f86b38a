namespace Pilotage.Environments;

/// <summary>An observation that lists candidates, one for each action or for each number of a box: machines that could take a task, jobs that could start.</summary>
/// <param name="Count">Number of candidates, which is the number of actions, or of the box's numbers.</param>
/// <param name="Features">Numbers of each candidate.</param>
/// <param name="Context">Numbers behind the candidates that belong to none of them.</param>
/// <remarks>
/// The observation is candidate after candidate, then the context. Networks that know of it (<see cref="Policies.ActorCritic"/>, <see cref="Policies.QNetwork"/>, <see cref="Policies.DeterministicActor"/>, <see cref="Policies.SquashedActor"/>, <see cref="Policies.ActionCritics"/>) give each candidate its
/// score from its own numbers and the context by the same weights: numbering candidates otherwise numbers the scores otherwise and changes nothing else, and the same weights serve any count.
/// </remarks>
public sealed record CandidateLayout(int Count, int Features, int Context = 0)
{
    /// <summary>Numbers of the whole observation.</summary>
    public int Size => Count * Features + Context;
}
