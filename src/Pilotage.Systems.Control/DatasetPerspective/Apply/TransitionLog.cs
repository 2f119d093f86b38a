using System.Globalization;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Reads a user's log: CSV with a header, a row a step.</summary>
/// <remarks>
/// Columns, in any order: <c>episode</c>, <c>action</c> (0, 1, …), <c>reward</c>, and how the step ended its episode: <c>end</c> (running, terminated, truncated), or <c>terminated</c> and <c>truncated</c> (0 or 1), or
/// <c>done</c> (0 or 1, taken for a termination). <c>step</c> may stand beside them and must count up. All other columns are the state. A last row without action and reward shows where the episode's last
/// step led; without it, an episode that did not terminate gives its last state as that frame, and one step less. Everything wrong is reported at once.
/// </remarks>
internal sealed class TransitionLog
{
    private const int ProblemsShown = 20;
    private static readonly string[] Reserved = ["episode", "step", "action", "reward", "end", "terminated", "truncated", "done"];
    private readonly string _path;
    private readonly List<string> _problems = [];
    private readonly List<LoggedStep> _steps = [];

    private TransitionLog(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="actions">A; 0 for one more than the largest action in the file.</param>
    /// <returns>The data set, and notes on what was made of the file.</returns>
    /// <exception cref="UserMistakeException">The file is malformed; holds all problems with their lines.</exception>
    public static (TransitionDataset Data, IReadOnlyList<string> Notes) Read(string path, int actions)
    {
        var log = new TransitionLog(path);
        var lines = File.ReadAllLines(path);
        var columns = log.Columns(lines.Length == 0 ? "" : lines[0]);
        log.Throw();
        for (var i = 1; i < lines.Length; i++) if (lines[i].AsSpan().Trim().Length > 0) log.Step(lines[i].Split(','), columns, i + 1, actions);
        if (log._problems.Count == 0 && log._steps.All(step => step.Action < 0)) log.Problem("has no step. Give at least one row with an action.");
        log.Throw();
        return log.Assemble(columns, actions);
    }

    private Dictionary<string, int> Columns(string header)
    {
        var names = header.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any())) Problem($"has two columns named \"{name.Key}\". Rename one.");
        if (_problems.Count > 0) return [];
        var columns = names.Select((name, i) => (name, i)).ToDictionary(column => column.name, column => column.i, StringComparer.OrdinalIgnoreCase);
        foreach (var needed in new[] { "episode", "action", "reward" }.Where(needed => !columns.ContainsKey(needed))) Problem($"has no column {needed}. Its header is \"{header}\"; give episode, action, reward, an end and the state.");
        if (!columns.ContainsKey("end") && !columns.ContainsKey("done") && !columns.ContainsKey("terminated")) Problem("does not tell how episodes end. Give a column end (running, terminated, truncated), or terminated and truncated, or done.");
        if (names.All(name => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))) Problem("has no column of the state. Give what was seen before each action, a number a column.");
        return columns;
    }

    private void Step(string[] fields, Dictionary<string, int> columns, int line, int actions)
    {
        if (fields.Length != columns.Count)
        {
            Problem(FormattableString.Invariant($"line {line}: {fields.Length} field(s) where the header has {columns.Count}. Complete or remove the line."));
            return;
        }
        string Field(string name) => fields[columns[name]].Trim();
        float Number(string name)
        {
            if (float.TryParse(Field(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)) return value;
            Problem(FormattableString.Invariant($"line {line}: {name} \"{Field(name)}\" is not a finite number. Correct it, or leave the episode out."));
            return 0;
        }
        var isFinal = Field("action").Length == 0 && Field("reward").Length == 0;
        var action = isFinal ? -1 : Action(Field("action"), line, actions);
        float[] state = [.. columns.Where(column => !Reserved.Contains(column.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(column => column.Value).Select(column => Number(column.Key))];
        var step = columns.ContainsKey("step") ? (int)Number("step") : -1;
        _steps.Add(new(line, Field("episode"), step, state, action, isFinal ? 0 : Number("reward"), isFinal ? End.Running : EndOf(Field, columns, line)));
    }

    private int Action(string text, int line, int actions)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var action))
        {
            var isReal = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real);
            Problem(FormattableString.Invariant($"line {line}: action \"{text}\" is {(isReal ? "a real number: these algorithms choose one of several actions. Sort actions into bins and give the bin's number" : "not a whole number. Number the actions from 0")}."));
        }
        else if (action < 0 || (actions > 0 && action >= actions))
        {
            Problem(FormattableString.Invariant($"line {line}: action {action} is outside 0 to {(actions > 0 ? (actions - 1).ToString(CultureInfo.InvariantCulture) : "…")}. Number the actions from 0, or set actions to their number."));
        }
        return Math.Max(0, action);
    }

    private End EndOf(Func<string, string> field, Dictionary<string, int> columns, int line)
    {
        bool Flag(string name)
        {
            if (!columns.ContainsKey(name)) return false;
            var text = field(name).ToLowerInvariant();
            if (text is not ("0" or "1" or "true" or "false" or "0.0" or "1.0")) Problem(FormattableString.Invariant($"line {line}: {name} \"{field(name)}\" is neither 0 nor 1."));
            return text is "1" or "true" or "1.0";
        }
        if (!columns.ContainsKey("end")) return Flag("terminated") || Flag("done") ? End.Terminated : Flag("truncated") ? End.Truncated : End.Running;
        var word = field("end").ToLowerInvariant();
        if (word is "" or "running") return End.Running;
        if (word is "terminated") return End.Terminated;
        if (word is not "truncated") Problem(FormattableString.Invariant($"line {line}: end \"{field("end")}\" is unknown. Use running, terminated or truncated."));
        return End.Truncated;
    }

    private (TransitionDataset, IReadOnlyList<string>) Assemble(Dictionary<string, int> columns, int actions)
    {
        var names = columns.Where(column => !Reserved.Contains(column.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(column => column.Value).Select(column => column.Key).ToList();
        var count = actions > 0 ? actions : _steps.Max(step => step.Action) + 1;
        var shown = new Demonstrations(new() { Name = Path.GetFileNameWithoutExtension(_path), ObservationSize = names.Count, ObservationNames = names, Actions = new ActionSpace.Discrete(Math.Max(2, count)) });
        var shortened = 0;
        for (int first = 0, next; first < _steps.Count; first = next)
        {
            for (next = first + 1; next < _steps.Count && _steps[next].Episode == _steps[first].Episode; next++) { }
            var episode = _steps[first..next];
            Check(episode);
            var last = episode[^1];
            var hasFinal = last.Action < 0;
            if (hasFinal) episode.RemoveAt(episode.Count - 1);
            if (episode.Count == 0) continue;
            var end = episode[^1].End;
            if (!hasFinal && end != End.Terminated)
            {
                // Where its last step led is not in the file: the last state is where the step before led.
                episode.RemoveAt(episode.Count - 1);
                shortened++;
                if (episode.Count == 0) continue;
            }
            if (_problems.Count == 0)
                shown.Add([.. episode.SelectMany(step => step.State)], [], [.. episode.Select(step => step.Action)], [], [.. episode.Select(step => step.Reward)], end, last.State, []);
        }
        if (_problems.Count == 0 && shown.Count == 0) Problem("has no step whose end is known: every episode is one step that did not terminate. Add rows that show where they led.");
        Throw();
        List<string> notes = [];
        if (shortened > 0) notes.Add(FormattableString.Invariant($"{shortened} episode(s) that did not terminate do not show where their last step led: that step was left out, and its state is the last frame. A row without action and reward would show it."));
        if (!columns.ContainsKey("end") && !columns.ContainsKey("truncated")) notes.Add("The file does not tell time limits from terminations; every end was taken for a termination, behind which nothing is worth anything. If some were time limits, give a column end.");
        return (new(shown, new() { Kind = DatasetKind.Other, Behaviour = "logged" }), notes);
    }

    private void Check(List<LoggedStep> episode)
    {
        for (var i = 0; i < episode.Count; i++)
        {
            if (i > 0 && episode[i].Step >= 0 && episode[i].Step != episode[i - 1].Step + 1) Problem(FormattableString.Invariant($"line {episode[i].Line}: step {episode[i].Step} follows step {episode[i - 1].Step} of episode {episode[i].Episode}. Sort each episode by step; none may be missing."));
            var isLast = i == episode.Count - 1 || (i == episode.Count - 2 && episode[^1].Action < 0);
            if (!isLast && episode[i].End != End.Running) Problem(FormattableString.Invariant($"line {episode[i].Line}: episode {episode[i].Episode} ends here and goes on below. Give the rows below another episode."));
            if (i < episode.Count - 1 && episode[i].Action < 0) Problem(FormattableString.Invariant($"line {episode[i].Line}: a row without action and reward stands within episode {episode[i].Episode}. Only its last row may."));
        }
    }

    private void Problem(string text) => _problems.Add($"{_path}{(text.StartsWith("line", StringComparison.Ordinal) ? ", " : " ")}{text}");

    private void Throw()
    {
        var more = _problems.Count - ProblemsShown;
        UserMistakeException.ThrowIfAny(more <= 0 ? _problems : [.. _problems.Take(ProblemsShown), FormattableString.Invariant($"{_path}: {more} more problem(s).")]);
    }

    private sealed record LoggedStep(int Line, string Episode, int Step, float[] State, int Action, float Reward, End End);
}
