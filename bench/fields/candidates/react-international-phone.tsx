import { internationalPhone } from './international-phone.tsx';

export default internationalPhone({});
