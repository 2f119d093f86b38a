using System.CommandLine;
using System.CommandLine.Parsing;

namespace Pilotage.Cli;

/// <summary>Turns what the parser did not understand into this program's kind of message: what, got, allowed, nearest name.</summary>
internal static class ParseProblems
{
    /// <summary>Throws if the parser did not understand everything, or took an unknown option for a value.</summary>
    /// <param name="parse">The parsed command line.</param>
    /// <exception cref="UserMistakeException">Holds all problems.</exception>
    public static void ThrowIfAny(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var swallowed =
            from child in parse.CommandResult.Children
            from token in child.Tokens
            where token.Value.StartsWith("--", StringComparison.Ordinal)
            select child is OptionResult { Option: var option } && command.Options.Any(known => known.Name == token.Value)
                ? WithoutValue(option)
                : Unknown(token.Value, command, PathOf(parse.CommandResult));
        UserMistakeException.ThrowIfAny([.. swallowed.Select(mistake => mistake.ToString())]);
        if (parse.Errors.Count > 0) throw new UserMistakeException(Of(parse));
    }

    private static IReadOnlyList<string> Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var name = PathOf(parse.CommandResult);
        // A word beside an unknown option is most likely its value.
        var unknown = parse.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        var mistakes = (unknown.Count > 0 ? unknown : parse.UnmatchedTokens).Select(token => Unknown(token, command, name)).ToList();

        foreach (var result in parse.CommandResult.Children.OfType<OptionResult>().Where(result => !result.Implicit))
        {
            var option = result.Option;
            if (result.Tokens.Count < option.Arity.MinimumNumberOfValues)
                mistakes.Add(WithoutValue(option));
            if (result.Tokens.Count > option.Arity.MaximumNumberOfValues)
                mistakes.Add(new("PIL0403", $"{option.Name} is given {result.Tokens.Count} times; it takes one value.", "", "Keep one of them."));
        }
        if (parse.UnmatchedTokens.Count == 0)
        {
            var missing = command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parse.GetResult(argument) is not { Tokens.Count: > 0 });
            mistakes.AddRange(missing.Select(argument => new Mistake("PIL0404", $"<{argument.HelpName}> is missing: {argument.Description}", "", Usage(command, name))));
            var required = command.Options.Where(option => option.Required && parse.GetResult(option) is not { Tokens.Count: > 0 });
            mistakes.AddRange(required.Select(option => new Mistake("PIL0404", $"{option.Name} is missing.", "", $"{option.Name} <{option.HelpName}>: {option.Description}")));
        }
        if (mistakes.Count == 0 && command is { Subcommands.Count: > 0, Action: null })
            mistakes.Add(new("PIL0402", $"{name} needs a command.", "", $"Known: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."));
        return mistakes.Count > 0 ? [.. mistakes.Select(mistake => mistake.ToString())] : [.. parse.Errors.Select(error => error.Message)];
    }

    private static Mistake WithoutValue(Option option) =>
        new("PIL0403", $"{option.Name} needs a value.", "", $"{option.Name} <{option.HelpName}>: {option.Description}");

    private static Mistake Unknown(string token, Command command, string name)
    {
        if (token.StartsWith('-'))
        {
            var options = command.Options.Where(option => !option.Hidden).Select(option => option.Name).ToList();
            var typed = token.Split('=')[0];
            return new("PIL0401", $"{name} has no option {typed}.", "", $"{UnknownName.Meant(typed, options)}Known: {string.Join(", ", options)}.");
        }
        if (command.Subcommands.Count == 0) return new("PIL0402", $"\"{token}\" is one word too many.", "", Usage(command, name));
        var commands = command.Subcommands.Select(sub => sub.Name).ToList();
        return new("PIL0402", $"{name} has no command \"{token}\".", "", $"{UnknownName.Meant(token, commands)}Known: {string.Join(", ", commands)}.");
    }

    private static string Usage(Command command, string name)
    {
        var arguments = command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.HelpName}>" : $"[<{argument.HelpName}>]");
        return $"Usage: {string.Join(" ", arguments.Prepend(name))} [options].";
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "pilotage";
}
