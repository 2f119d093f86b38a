using System.Globalization;
using System.Text.Json;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Reads a job from JSON token by token, so that each task's line is known to its messages.</summary>
internal static class TaskJson
{
    /// <summary>Reads a job; see <see cref="TaskFile"/>.</summary>
    /// <exception cref="UserMistakeException">The file is malformed or its tasks do not fit together; holds all problems with their lines.</exception>
    public static (TaskGraph Graph, double DeadlineSeconds) Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var reading = new Reading(path);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            reading.Job(ref reader, bytes);
        }
        catch (JsonException problem)
        {
            throw new UserMistakeException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {problem.LineNumber + 1}: this is not JSON at byte {problem.BytePositionInLine + 1} of the line. Correct it, or give CSV with the columns task,work,after."));
        }
        UserMistakeException.ThrowIfAny(reading.Problems);
        return (TaskFile.Linked(path, reading.Tasks, reading.Lines), reading.DeadlineSeconds);
    }

    private sealed class Reading(string path)
    {
        private const string Shape = "{\"deadlineSeconds\": 7200, \"tasks\": [{\"name\": \"a\", \"work\": 600, \"after\": []}]}";

        public List<string> Problems { get; } = [];

        public List<JobTask> Tasks { get; } = [];

        public List<int> Lines { get; } = [];

        public double DeadlineSeconds { get; private set; }

        public void Job(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Tell(reader, bytes, $"the file holds {Word(reader)} where an object is needed. Write {Shape}.");
                return;
            }
            var hasTasks = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                if (key == "deadlineSeconds") Deadline(ref reader, bytes);
                else if (key == "tasks")
                {
                    hasTasks = true;
                    List(ref reader, bytes);
                }
                else
                {
                    Tell(reader, bytes, $"the key '{key}' is unknown. Known keys: deadlineSeconds, tasks.");
                    reader.Skip();
                }
            }
            if (!hasTasks) Problems.Add($"{path}: there is no list 'tasks'. Write {Shape}.");
        }

        private void Deadline(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.GetDouble() is > 0 and var seconds) DeadlineSeconds = seconds;
            else Tell(reader, bytes, $"deadlineSeconds is {Word(reader)}; it must be a number of seconds above 0.");
            reader.Skip();
        }

        private void List(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                Tell(reader, bytes, $"tasks is {Word(reader)} where a list is needed. Write {Shape}.");
                reader.Skip();
                return;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject) Task(ref reader, bytes);
                else
                {
                    Tell(reader, bytes, $"a task is {Word(reader)} where an object is needed, for example {{\"name\": \"a\", \"work\": 600}}.");
                    reader.Skip();
                }
            }
        }

        private void Task(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
        {
            var line = LineOf(reader, bytes);
            var (name, work, after, isWhole) = ((string?)null, (double?)null, new List<string>(), true);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                if (key == "name" && reader.TokenType == JsonTokenType.String) name = reader.GetString();
                else if (key == "work" && reader.TokenType == JsonTokenType.Number) work = reader.GetDouble();
                else if (key == "after" && reader.TokenType == JsonTokenType.StartArray) isWhole &= Names(ref reader, bytes, after);
                else
                {
                    isWhole = false;
                    Tell(reader, bytes, $"'{key}' with {Word(reader)} cannot be used. A task has a name (text), work (seconds) and after (a list of names).");
                    reader.Skip();
                }
            }
            if (!isWhole) return;
            if (name is null) Problems.Add($"{path}, line {line}: a task has no name. Give each task a name of its own.");
            if (work is null) Problems.Add($"{path}, line {line}: the task '{name}' has no work. Give the seconds that it takes on a machine of speed 1.");
            if (name is null || work is null) return;
            Tasks.Add(new(name, work.Value, after));
            Lines.Add(line);
        }

        private bool Names(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, List<string> names)
        {
            var isGood = true;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String) names.Add(reader.GetString()!);
                else
                {
                    isGood = false;
                    Tell(reader, bytes, $"after holds {Word(reader)} where a task's name is needed.");
                    reader.Skip();
                }
            }
            return isGood;
        }

        private void Tell(in Utf8JsonReader reader, ReadOnlySpan<byte> bytes, string problem) => Problems.Add($"{path}, line {LineOf(reader, bytes)}: {problem}");

        private static int LineOf(in Utf8JsonReader reader, ReadOnlySpan<byte> bytes) => bytes[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;

        private static string Word(in Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => $"the text '{reader.GetString()}'",
            JsonTokenType.Number => string.Create(CultureInfo.InvariantCulture, $"the number {reader.GetDouble()}"),
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.Null => "null",
            JsonTokenType.True or JsonTokenType.False => "a truth value",
            _ => "nothing",
        };
    }
}
