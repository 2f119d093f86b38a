namespace Pilotage.Settings;

/// <summary>A settings record whose fields can contradict each other, each being in its own range.</summary>
public interface ISettingsRules
{
    /// <summary>What does not fit together.</summary>
    /// <returns>
    /// One or two sentences for each contradiction, naming the fields by property or key, with their values, and what to do:
    /// <c>Minibatches = 7 does not divide Horizon x Environments = 512. Use 1, 2, 4 or 8.</c> Empty if all is well.
    /// </returns>
    /// <remarks>May be asked with any values that are each in range. A message that names a field that is wrong in itself is left out: the user fixes that first.</remarks>
    IEnumerable<string> Problems();
}
