import { accessBehaviors } from './behaviors/access.ts';
import { autofillBehaviors } from './behaviors/autofill.ts';
import { costBehaviors } from './behaviors/cost.ts';
import { deletionBehaviors } from './behaviors/deletion.ts';
import { eventBehaviors } from './behaviors/events.ts';
import { formBehaviors } from './behaviors/forms.ts';
import { hydrationBehaviors } from './behaviors/hydration.ts';
import { inputMethodBehaviors } from './behaviors/input-methods.ts';
import { keyBehaviors } from './behaviors/keys.ts';
import { lookBehaviors } from './behaviors/look.ts';
import { pasteBehaviors } from './behaviors/paste.ts';
import { pointerBehaviors } from './behaviors/pointer.ts';
import type { CodeBehavior } from './behaviors/rows.ts';
import { typingBehaviors } from './behaviors/typing.ts';

/** What a field for a one-time code has to do. */
export const codeBehaviors: CodeBehavior[] = [
  ...typingBehaviors,
  ...deletionBehaviors,
  ...keyBehaviors,
  ...pointerBehaviors,
  ...pasteBehaviors,
  ...autofillBehaviors,
  ...inputMethodBehaviors,
  ...eventBehaviors,
  ...formBehaviors,
  ...hydrationBehaviors,
  ...accessBehaviors,
  ...lookBehaviors,
  ...costBehaviors,
];
