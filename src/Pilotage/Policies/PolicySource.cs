namespace Pilotage.Policies;

/// <summary>Where a policy comes from; none of it is needed to act.</summary>
/// <param name="Algorithm">The learner's name; <see langword="null"/> if not learned here.</param>
/// <param name="Run">Name of the run's folder.</param>
/// <param name="Seed">Root of the run's seed tree.</param>
/// <param name="Steps">Environment steps that it learned from.</param>
/// <param name="ParameterHash">Of all of the learner's weights, as in the run's report.</param>
public sealed record PolicySource(string? Algorithm = null, string? Run = null, long? Seed = null, long? Steps = null, string? ParameterHash = null);
