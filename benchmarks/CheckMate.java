// Reads pairs (number, source's language, target's, source, target; a line each, tabs between) and prints what Okapi's
// quality check says of them: number, type of issue, its start and end in the target (units of UTF-16; 0 and -1 where it has
// none), and its message.  benchmarks/pair_checkers.py runs it.

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.ArrayList;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.InlineCodeFinder;
import net.sf.okapi.common.resource.StartDocument;
import net.sf.okapi.common.resource.TextContainer;
import net.sf.okapi.common.resource.TextUnit;
import net.sf.okapi.lib.verification.Issue;
import net.sf.okapi.lib.verification.QualityCheckSession;

public class CheckMate {
    public static void main(String[] given) throws Exception {
        Map<String, List<String[]>> directions = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(given[0]), StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            directions.computeIfAbsent(cells[1] + "\t" + cells[2], none -> new ArrayList<>()).add(cells);
        }
        InlineCodeFinder codes = new InlineCodeFinder(); // tags and placeholders, as a filter of Okapi's would hand them over
        codes.addRule("</?[A-Za-z][^<>]*>|\\{[^{}]*\\}|%(?:\\([^()]*\\))?[-+#0-9.$]*[A-Za-z@]");
        codes.compile();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (Map.Entry<String, List<String[]>> direction : directions.entrySet()) {
            String[] languages = direction.getKey().split("\t");
            LocaleId source = LocaleId.fromString(languages[0]);
            LocaleId target = LocaleId.fromString(languages[1]);
            QualityCheckSession session = new QualityCheckSession();
            session.setSourceLocale(source);
            session.setTargetLocale(target);
            session.startProcess(source, target);
            StartDocument document = new StartDocument("pairs");
            document.setName("pairs");
            document.setLocale(source);
            session.processStartDocument(document, null);
            for (String[] cells : direction.getValue()) {
                TextUnit unit = new TextUnit(cells[0]);
                unit.setSource(new TextContainer(cells[3]));
                unit.setTarget(target, new TextContainer(cells[4]));
                codes.process(unit.getSource().getFirstContent());
                codes.process(unit.getTarget(target).getFirstContent());
                session.processTextUnit(unit);
            }
            for (Issue issue : session.getIssues()) {
                String why = issue.getMessage().replaceAll("[\\t\\r\\n]", " ");
                out.println(String.join("\t", issue.getTuId(), issue.getIssueType().toString(),
                        String.valueOf(issue.getTargetStart()), String.valueOf(issue.getTargetEnd()), why));
            }
        }
    }
}
