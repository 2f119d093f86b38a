namespace Pilotage.Lab.Comparisons;

/// <summary>One row of a comparison: one policy, or the policies of several training seeds of one method.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Policies">At least one; more than one are training seeds, the units of whatever is said of the method.</param>
public sealed record PolicyGroup(string Name, IReadOnlyList<NamedPolicy> Policies);
