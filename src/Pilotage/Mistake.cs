namespace Pilotage;

/// <summary>One problem of a <see cref="UserMistakeException"/>, in the layout that all of them share.</summary>
/// <param name="Code">Stable, for searching: <c>PIL0107</c>.</param>
/// <param name="What">What, got and allowed, as one sentence with its full stop.</param>
/// <param name="Where">Where it stands: <c>config.yaml, line 14</c>; empty if that is clear.</param>
/// <param name="Advice">What to do, as sentences.</param>
/// <remarks>
/// Ranges of codes: 01xx settings, 02xx run folders, 03xx checkpoints, 04xx the command line, 06xx policies in files, 07xx known processes, 08xx a user's own environment and
/// rule, 09xx serving, 10xx MuJoCo, 11xx demonstrations and data sets, 12xx bounded ratios, 13xx offline
/// learning, 15xx card games, 16xx cloud scheduling, 17xx policies as a service, 18xx language models, 19xx the dashboard, 20xx sweeps and tracking, 21xx clusters.
/// <code>
/// PIL0107  clipRadius = 7 is outside (0, 1].
///          config.yaml, line 14. Give a number above 0 and at most 1; usual 0.1-0.3.
/// </code>
/// </remarks>
public readonly record struct Mistake(string Code, string What, string Where, string Advice)
{
    /// <summary>The two lines, without a line feed at the end; the second is indented to the text of the first.</summary>
    /// <returns>The text that users see.</returns>
    public override string ToString()
    {
        var second = string.Join(" ", new[] { Where.Length > 0 ? Where + "." : "", Advice }.Where(part => part.Length > 0));
        return second.Length == 0 ? $"{Code}  {What}" : $"{Code}  {What}\n{new string(' ', Code.Length + 2)}{second}";
    }
}
