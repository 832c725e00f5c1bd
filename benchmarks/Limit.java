import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.UserConfig;
import org.languagetool.rules.CategoryId;

/**
 * LanguageTool without a server, for benchmarks/grammar_limit.py: as many threads as the first argument says, without the rules
 * and the categories of the others. Each line of the input names a file of texts between NULs; the answer is how many matches they have.
 */
public final class Limit {
  private Limit() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    JLanguageTool[] tools = new JLanguageTool[threads];
    for (int i = 0; i < threads; i++) {
      UserConfig noSuggestions = new UserConfig(List.of(), Map.of(), -1, 0L, null, 0L, null);
      tools[i] = new JLanguageTool(Languages.getLanguageForShortCode("en-US"), null, null, noSuggestions);
      tools[i].disableRules(Arrays.asList(args[1].split(",")));
      for (String category : args[2].split(",")) {
        tools[i].disableCategory(new CategoryId(category));
      }
    }
    Scanner lines = new Scanner(System.in);
    while (lines.hasNextLine()) {
      String[] texts = Files.readString(Path.of(lines.nextLine())).split("\0");
      AtomicInteger next = new AtomicInteger();
      List<Callable<Integer>> work = IntStream.range(0, threads).mapToObj(i -> matches(tools[i], texts, next)).toList();
      int found = 0;
      for (Future<Integer> some : pool.invokeAll(work)) {
        found += some.get();
      }
      System.out.println(found);
    }
    pool.shutdown();
  }

  private static Callable<Integer> matches(JLanguageTool tool, String[] texts, AtomicInteger next) {
    return () -> {
      int found = 0;
      for (int i = next.getAndIncrement(); i < texts.length; i = next.getAndIncrement()) {
        found += tool.check(texts[i]).size();
      }
      return found;
    };
  }
}
