namespace Pilotage.Language.Tasks.Jsonl;

/// <summary>What happens to prompts that are longer than there is room for.</summary>
public enum LongPrompts : byte
{
    /// <summary>They are left out, and <see cref="JsonlTask.Notes"/> says how many and which.</summary>
    Drop,

    /// <summary>The file is refused, with their lines.</summary>
    Refuse,
}
