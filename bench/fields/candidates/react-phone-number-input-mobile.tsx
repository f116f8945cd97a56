import * as library from 'react-phone-number-input/mobile';

import { phoneNumberInput } from './phone-number-input.tsx';

export default phoneNumberInput(library);
