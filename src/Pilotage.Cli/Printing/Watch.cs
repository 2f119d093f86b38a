using Spectre.Console;

namespace Pilotage.Cli.Printing;

/// <summary>Runs long work under a progress bar with the time left, if somebody watches; otherwise in silence.</summary>
internal static class Watch
{
    /// <summary>Runs the work on this thread.</summary>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <param name="terminal">Standard error shows the bar and forgets it at the end.</param>
    /// <param name="title">What is done.</param>
    /// <param name="work">Gets a function to be told the share done, in [0, 1], and a few words.</param>
    /// <returns>What the work gave.</returns>
    public static TResult Run<TResult>(Terminal terminal, string title, Func<Action<double, string>, TResult> work)
    {
        if (!terminal.IsWatched) return work(static (_, _) => { });
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title));
                return work((share, words) =>
                {
                    task.Value = share * task.MaxValue;
                    if (words.Length > 0) task.Description = Markup.Escape(words);
                });
            });
    }
}
